/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-walk.h"

#include "ph-asset-list.h"
#include "ph-carried.h"
#include "ph-dom-apply.h"
#include "ph-idle.h"
#include "ph-limits.h"
#include "ph-text.h"

/* One window while its events are looked through. */
typedef struct
{
  PhSessionWindow *out;
  PhDom *dom;
  guint page; /* index of the page the user is on, or G_MAXUINT */
  guint meta;
  guint resize;
} Walker;

struct _PhWalk
{
  PhOutline *outline; /* without idle stretches at its end */
  PhHealth *health;
  PhNames *names;
  PhJson *json;
  GArray *walkers; /* Walker */
  PhAssetList *assets;
  guint n;
  PhTime last_active;
  GArray *liveliness; /* PhActivity of all events: for pages nobody touched */
  PhTime liveliness_step;
  gboolean has_picture;
  gboolean is_full; /* of moments */
};

static void
clear_walker (gpointer data)
{
  ph_dom_free (((Walker *) data)->dom);
}

PhWalk *
ph_walk_new (gint64 start_time,
             PhHealth *health)
{
  PhWalk *walk = g_new0 (PhWalk, 1);

  walk->outline = ph_outline_new ();
  walk->outline->start_time = start_time;
  walk->health = health;
  walk->names = ph_names_new ();
  walk->json = ph_json_new ();
  walk->walkers = g_array_new (FALSE, FALSE, sizeof (Walker));
  walk->assets = ph_asset_list_new (walk->names, health);
  walk->liveliness = g_array_new (FALSE, FALSE, sizeof (PhActivity));
  walk->liveliness_step = PH_ACTIVITY_STEP;
  g_array_set_clear_func (walk->walkers, clear_walker);

  return walk;
}

void
ph_walk_free (PhWalk *walk)
{
  if (walk == NULL)
    return;

  g_array_unref (walk->walkers);
  ph_asset_list_free (walk->assets);
  g_array_unref (walk->liveliness);
  ph_outline_free (walk->outline);
  ph_json_free (walk->json);
  ph_names_unref (walk->names);
  g_free (walk);
}

static Walker *
get_walker (PhWalk *walk,
            guint32 window)
{
  while (walk->walkers->len <= window)
    {
      Walker walker = {
        .out = ph_outline_add_window (walk->outline, ""),
        .dom = ph_dom_new (walk->names),
        .page = G_MAXUINT,
        .meta = G_MAXUINT,
        .resize = G_MAXUINT,
      };

      walker.out->pointer = ph_pointer_track_new ();
      ph_asset_list_watch (walk->assets, walker.dom);
      g_array_append_val (walk->walkers, walker);
    }

  return &g_array_index (walk->walkers, Walker, window);
}

/* --- pages ----------------------------------------------------------------- */

static PhPage *
current_page (PhWalk *walk,
              Walker *walker)
{
  if (walker->page == G_MAXUINT)
    return NULL;

  return &g_array_index (walk->outline->pages, PhPage, walker->page);
}

/* The name a page first had: later ones say what is going on in it. */
static void
name_page (PhPage *page,
           const PhDom *dom)
{
  if (page->title[0] != '\0')
    return;

  g_free (page->title);
  page->title = ph_dom_dup_title (dom);
}

/* Called while the window still shows what the user saw last of it. */
static void
end_page (PhWalk *walk,
          Walker *walker,
          PhTime time)
{
  PhPage *page = current_page (walk, walker);

  if (page == NULL)
    return;

  name_page (page, walker->dom);
  page->span.end = time;
}

static void
begin_page (PhWalk *walk,
            Walker *walker,
            const PhEvent *event,
            const char *url)
{
  PhPage page = {
    .url = g_strdup (url),
    .title = g_strdup (""),
    .window = event->window,
    .span = { event->time, event->time },
  };

  ph_dom_get_viewport (walker->dom, &page.width, &page.height);
  walker->page = walk->outline->pages->len;
  g_array_append_val (walk->outline->pages, page);
}

/* The address of another page when @event leads to one, else NULL. */
static const char *
find_new_url (PhWalk *walk,
              Walker *walker,
              const PhEvent *event,
              PhJsonValue root)
{
  const PhPage *page = current_page (walk, walker);
  const char *url = ph_moment_page_url (event, root);

  if (url == NULL || (page != NULL && g_str_equal (page->url, url)))
    return NULL;

  return url;
}

/* --- moments --------------------------------------------------------------- */

/* Moments of kind page compare with the page's own address only; here the way is known. */
static void
add_moments (PhWalk *walk,
             Walker *walker,
             const PhEvent *event,
             PhJsonValue root,
             gboolean is_new_page)
{
  GArray *moments = walk->outline->moments;
  guint n = moments->len;

  if (n >= PH_LIMIT_MOMENTS)
    {
      if (!walk->is_full)
        ph_health_add (walk->health, PH_HEALTH_LIMIT, event->time,
                       "more than %d moments: the later ones are not listed", PH_LIMIT_MOMENTS);

      walk->is_full = TRUE;
      return;
    }

  ph_moments_extract (event, root, walker->dom, moments);

  if (!is_new_page && moments->len > n &&
      g_array_index (moments, PhMoment, moments->len - 1).kind == PH_MOMENT_PAGE)
    g_array_set_size (moments, moments->len - 1);
}

/* --- looking through the events -------------------------------------------- */

static void
note_active_window (PhWalk *walk,
                    const PhEvent *event)
{
  GArray *active = walk->outline->active;
  PhActiveWindow entry = { event->time, event->window };

  if (active->len == 0)
    entry.time = G_MININT64;
  else if (g_array_index (active, PhActiveWindow, active->len - 1).window == event->window)
    return;

  g_array_append_val (active, entry);
}

static void
note_snapshot (PhWalk *walk,
               Walker *walker,
               const PhEvent *event)
{
  PhSnapshot snapshot = { walk->n, walker->meta, walker->resize };

  /* One without a page in it changed nothing. */
  if (ph_dom_get_epoch (walker->dom) != event->order + 1)
    return;

  g_array_append_val (walker->out->snapshots, snapshot);
  walk->has_picture = TRUE;

  if (walker->page == G_MAXUINT)
    begin_page (walk, walker, event, "");

  name_page (current_page (walk, walker), walker->dom);

  if (walker->out->info.first_picture == PH_TIME_NONE)
    {
      walker->out->info.first_picture = event->time;
      note_active_window (walk, event);
    }
}

/* A page that began before its size was known. */
static void
note_viewport (PhWalk *walk,
               Walker *walker)
{
  PhPage *page = current_page (walk, walker);

  if (page != NULL && page->width == 0)
    ph_dom_get_viewport (walker->dom, &page->width, &page->height);
}

static void
note_activity (PhWalk *walk,
               const Walker *walker,
               const PhEvent *event)
{
  ph_activity_add (walk->liveliness, &walk->liveliness_step, event->time);

  if (!ph_idle_is_activity (event))
    return;

  ph_activity_add (walk->outline->activity, &walk->outline->activity_step, event->time);
  ph_idle_add (walk->outline->idle, &walk->last_active, event->time);

  if (walker->out->info.first_picture != PH_TIME_NONE)
    note_active_window (walk, event);
}

static void
note_carried (PhWalk *walk,
              PhJsonValue root)
{
  const char *url = ph_carried_get_url (root);

  if (url != NULL)
    ph_outline_add_carried (walk->outline, url, walk->n);
}

static void
look_at (PhWalk *walk,
         Walker *walker,
         const PhEvent *event,
         PhJsonValue root)
{
  const char *url = find_new_url (walk, walker, event, root);

  add_moments (walk, walker, event, root, url != NULL);

  if (url != NULL)
    end_page (walk, walker, event->time);

  ph_dom_apply (walker->dom, event, root, walk->health);
  ph_asset_list_add (walk->assets, walker->dom, event, root);
  ph_pointer_track_add (walker->out->pointer, event, root);

  if (url != NULL)
    begin_page (walk, walker, event, url);

  if (event->type == PH_EVENT_META)
    {
      walker->meta = walk->n;
      walker->resize = G_MAXUINT;
    }
  else if (event->type == PH_EVENT_FULL_SNAPSHOT)
    {
      note_snapshot (walk, walker, event);
    }
  else if (event->type == PH_EVENT_ASSET)
    {
      note_carried (walk, root);
    }
  else if (event->source == PH_SOURCE_VIEWPORT_RESIZE)
    {
      walker->resize = walk->n;
      note_viewport (walk, walker);
    }
}

void
ph_walk_add (PhWalk *walk,
             const PhEvent *event)
{
  Walker *walker = get_walker (walk, event->window);
  PhJsonValue root;

  walker->out->info.n_events++;

  if (ph_json_parse (walk->json, event->text, event->size, &root, NULL))
    look_at (walk, walker, event, root);

  note_activity (walk, walker, event);
  walk->n++;
}

guint
ph_walk_get_n (const PhWalk *walk)
{
  return walk->n;
}

const PhDom *
ph_walk_get_dom (const PhWalk *walk,
                 guint32 window)
{
  g_return_val_if_fail (window < walk->walkers->len, NULL);

  return g_array_index (walk->walkers, Walker, window).dom;
}

const GArray *
ph_walk_get_snapshots (const PhWalk *walk,
                       guint32 window)
{
  g_return_val_if_fail (window < walk->walkers->len, NULL);

  return g_array_index (walk->walkers, Walker, window).out->snapshots;
}

gboolean
ph_walk_has_picture (const PhWalk *walk)
{
  return walk->has_picture;
}

/* --- results --------------------------------------------------------------- */

static int
compare_moments (gconstpointer a,
                 gconstpointer b)
{
  PhTime x = ((const PhMoment *) a)->time;
  PhTime y = ((const PhMoment *) b)->time;

  return (x > y) - (x < y);
}

/* Something a person knows the recording by; NULL when its pages have no name. */
static char *
dup_title (const PhOutline *outline)
{
  for (guint i = 0; i < outline->pages->len; i++)
    {
      g_autofree char *title =
        ph_text_line (g_array_index (outline->pages, PhPage, i).title, PH_LIMIT_LABEL_CHARS);

      if (title[0] != '\0')
        return g_steal_pointer (&title);
    }

  for (guint i = 0; i < outline->pages->len; i++)
    {
      const char *url = g_array_index (outline->pages, PhPage, i).url;
      g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
      const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

      if (host != NULL && host[0] != '\0')
        return ph_text_line (host, PH_LIMIT_LABEL_CHARS);
    }

  return NULL;
}

PhOutline *
ph_walk_get_outline (const PhWalk *walk,
                     PhTime end,
                     const char *title)
{
  PhOutline *outline = ph_outline_copy (walk->outline);
  PhTime last_active = walk->last_active;

  outline->span = (PhSpan) { 0, end };

  for (guint i = 0; i < walk->walkers->len; i++)
    {
      const Walker *walker = &g_array_index (walk->walkers, Walker, i);
      PhPage *page;

      if (walker->page == G_MAXUINT)
        continue;

      page = &g_array_index (outline->pages, PhPage, walker->page);
      name_page (page, walker->dom);
      page->span.end = end;
    }

  if (outline->activity->len == 0)
    {
      g_array_append_vals (outline->activity, walk->liveliness->data, walk->liveliness->len);
      outline->activity_step = walk->liveliness_step;
    }

  if (walk->health != NULL)
    {
      ph_health_free (outline->health);
      outline->health = ph_health_copy (walk->health);
    }

  ph_asset_list_copy (walk->assets, outline->assets);
  ph_idle_add (outline->idle, &last_active, end);
  g_array_sort (outline->moments, compare_moments);
  outline->title = dup_title (outline);

  if (outline->title == NULL)
    outline->title = g_strdup (title);

  return outline;
}
