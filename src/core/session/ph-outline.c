/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-outline.h"

#include "ph-json-write.h"
#include "ph-limits.h"

#include <string.h>

static void
free_window (gpointer data)
{
  PhSessionWindow *window = data;

  g_free (window->info.name);
  ph_pointer_track_free (window->pointer);
  g_array_unref (window->snapshots);
  g_free (window);
}

static void
clear_page (gpointer data)
{
  PhPage *page = data;

  g_free (page->url);
  g_free (page->title);
}

static void
clear_asset (gpointer data)
{
  g_free (((PhAsset *) data)->url);
}

static void
clear_carried (gpointer data)
{
  g_free (((PhCarried *) data)->url);
}

PhOutline *
ph_outline_new (void)
{
  PhOutline *outline = g_new0 (PhOutline, 1);

  outline->windows = g_ptr_array_new_with_free_func (free_window);
  outline->active = g_array_new (FALSE, FALSE, sizeof (PhActiveWindow));
  outline->pages = g_array_new (FALSE, FALSE, sizeof (PhPage));
  g_array_set_clear_func (outline->pages, clear_page);
  outline->moments = g_array_new (FALSE, FALSE, sizeof (PhMoment));
  g_array_set_clear_func (outline->moments, (GDestroyNotify) ph_moment_clear);
  outline->assets = g_array_new (FALSE, FALSE, sizeof (PhAsset));
  g_array_set_clear_func (outline->assets, clear_asset);
  outline->carried = g_array_new (FALSE, FALSE, sizeof (PhCarried));
  g_array_set_clear_func (outline->carried, clear_carried);
  outline->idle = g_array_new (FALSE, FALSE, sizeof (PhSpan));
  outline->activity = g_array_new (FALSE, FALSE, sizeof (PhActivity));
  outline->activity_step = PH_ACTIVITY_STEP;
  outline->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_note_free);
  outline->health = ph_health_new ();

  return outline;
}

void
ph_outline_free (PhOutline *outline)
{
  if (outline == NULL)
    return;

  g_free (outline->title);
  g_ptr_array_unref (outline->windows);
  g_array_unref (outline->active);
  g_array_unref (outline->pages);
  g_array_unref (outline->moments);
  g_array_unref (outline->assets);
  g_array_unref (outline->carried);
  g_array_unref (outline->idle);
  g_array_unref (outline->activity);
  g_ptr_array_unref (outline->notes);
  ph_health_free (outline->health);
  g_free (outline);
}

static void
copy_array (GArray *to,
            const GArray *from)
{
  if (from->len > 0)
    g_array_append_vals (to, from->data, from->len);
}

PhOutline *
ph_outline_copy (const PhOutline *outline)
{
  PhOutline *copy = ph_outline_new ();

  copy->title = g_strdup (outline->title);
  copy->span = outline->span;
  copy->start_time = outline->start_time;
  copy_array (copy->active, outline->active);
  copy_array (copy->pages, outline->pages);
  copy_array (copy->moments, outline->moments);
  copy_array (copy->assets, outline->assets);
  copy_array (copy->idle, outline->idle);
  copy_array (copy->activity, outline->activity);
  copy->activity_step = outline->activity_step;
  ph_health_free (copy->health);
  copy->health = ph_health_copy (outline->health);

  for (guint i = 0; i < copy->pages->len; i++)
    {
      PhPage *page = &g_array_index (copy->pages, PhPage, i);

      page->url = g_strdup (page->url);
      page->title = g_strdup (page->title);
    }

  for (guint i = 0; i < copy->moments->len; i++)
    {
      PhMoment *moment = &g_array_index (copy->moments, PhMoment, i);

      moment->text = g_strdup (moment->text);
    }

  for (guint i = 0; i < copy->assets->len; i++)
    {
      PhAsset *asset = &g_array_index (copy->assets, PhAsset, i);

      asset->url = g_strdup (asset->url);
    }

  for (guint i = 0; i < outline->carried->len; i++)
    {
      PhCarried carried = g_array_index (outline->carried, PhCarried, i);

      carried.url = g_strdup (carried.url);
      g_array_append_val (copy->carried, carried);
    }

  for (guint i = 0; i < outline->windows->len; i++)
    {
      const PhSessionWindow *from = outline->windows->pdata[i];
      PhSessionWindow *to = ph_outline_add_window (copy, from->info.name);

      to->info.first_picture = from->info.first_picture;
      to->info.n_events = from->info.n_events;
      to->pointer = ph_pointer_track_finished (from->pointer);
      copy_array (to->snapshots, from->snapshots);
    }

  return copy;
}

PhSessionWindow *
ph_outline_add_window (PhOutline *outline,
                       const char *name)
{
  PhSessionWindow *window = g_new0 (PhSessionWindow, 1);

  window->info.name = g_strdup (name);
  window->info.first_picture = PH_TIME_NONE;
  window->snapshots = g_array_new (FALSE, FALSE, sizeof (PhSnapshot));
  g_ptr_array_add (outline->windows, window);

  return window;
}

static void
count (GArray *activity,
       gint64 step,
       guint n_events)
{
  PhActivity entry = { step, n_events };
  PhActivity *last =
    activity->len > 0 ? &g_array_index (activity, PhActivity, activity->len - 1) : NULL;

  if (last != NULL && last->step == step)
    last->n_events += MIN (n_events, G_MAXUINT - last->n_events);
  else
    g_array_append_val (activity, entry);
}

/* Two steps become one, in place. */
static void
coarsen (GArray *activity)
{
  guint n = activity->len;

  activity->len = 0;

  for (guint i = 0; i < n; i++)
    {
      PhActivity entry = g_array_index (activity, PhActivity, i);

      count (activity, entry.step / 2, entry.n_events);
    }
}

void
ph_activity_add (GArray *activity,
                 PhTime *step,
                 PhTime time)
{
  count (activity, time / *step, 1);

  while (activity->len > PH_ACTIVITY_STEPS)
    {
      coarsen (activity);
      *step *= 2;
    }
}

/* ---- what events bring ---- */

void
ph_outline_add_carried (PhOutline *outline,
                        const char *url,
                        guint event)
{
  PhCarried carried = { NULL, event };

  for (guint i = 0; i < outline->carried->len; i++)
    {
      PhCarried *known = &g_array_index (outline->carried, PhCarried, i);

      if (strcmp (known->url, url) == 0)
        {
          known->event = event;
          return;
        }
    }

  if (outline->carried->len >= PH_LIMIT_CARRIED)
    return;

  carried.url = g_strdup (url);
  g_array_append_val (outline->carried, carried);
}

char *
ph_outline_carried_to_json (const PhOutline *outline)
{
  GString *text;

  if (outline->carried->len == 0)
    return NULL;

  text = g_string_new ("[");

  for (guint i = 0; i < outline->carried->len; i++)
    {
      const PhCarried *carried = &g_array_index (outline->carried, PhCarried, i);

      g_string_append_printf (text, "%s[%u,", i > 0 ? "," : "", carried->event);
      ph_json_write_string (text, carried->url, -1);
      g_string_append_c (text, ']');
    }

  g_string_append_c (text, ']');

  return g_string_free (text, FALSE);
}

static void
add_pair (PhOutline *outline,
          PhJsonValue pair)
{
  const char *url = NULL;
  gint64 event = -1;
  PhJsonIter iter;
  PhJsonValue value;

  if (ph_json_type (pair) != PH_JSON_ARRAY)
    return;

  ph_json_iter_init (&iter, pair);

  while (ph_json_next (&iter, NULL, &value))
    if (!ph_json_get_int (value, &event))
      ph_json_get_string (value, &url, NULL);

  if (url != NULL && event >= 0 && event < G_MAXUINT)
    ph_outline_add_carried (outline, url, (guint) event);
}

void
ph_outline_carried_add_json (PhOutline *outline,
                             const char *text,
                             gsize size)
{
  g_autoptr (PhJson) json = ph_json_new ();
  PhJsonValue root;
  PhJsonValue pair;
  PhJsonIter iter;

  if (!ph_json_parse (json, text, size, &root, NULL) || ph_json_type (root) != PH_JSON_ARRAY)
    return;

  ph_json_iter_init (&iter, root);

  while (ph_json_next (&iter, NULL, &pair))
    add_pair (outline, pair);
}
