/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-store-maker.h"

#include <string.h>

#define START 1700000000000000
#define END (PH_SMALL_EVENTS / 2 * PH_MSEC)

/* --- what is in it --------------------------------------------------------- */

/* Made once: tests write and look at them often. */
static const char *
find_text (guint index)
{
  static char texts[PH_SMALL_EVENTS][640];

  if (texts[index][0] == '\0' && index != 7)
    g_snprintf (texts[index], sizeof texts[index], "{\"n\":\"%0600u\"}", index * 7919 % 1000);

  return texts[index];
}

/* Two events share each millisecond; one has no text. */
PhEvent
ph_small_event (guint index)
{
  const char *text = find_text (index);

  return (PhEvent) {
    .time = index / 2 * PH_MSEC,
    .timestamp = START + index / 2 * PH_MSEC,
    .order = index ^ 1,
    .window = index % 3 == 0,
    .type = index == 0 ? PH_EVENT_FULL_SNAPSHOT : PH_EVENT_INCREMENTAL,
    .source = index == 0 ? PH_SOURCE_NONE : (gint16) (index % 17),
    .text = text,
    .size = strlen (text),
  };
}

GBytes *
ph_small_page (guint index)
{
  static GBytes *made[PH_SMALL_FRAMES];

  if (made[index] == NULL)
    {
      GString *page = g_string_new (NULL);

      for (guint i = 0; i < 500; i++)
        g_string_append_printf (page, "<p>%u</p>", i % 50 == index % 50 ? index : i);

      made[index] = g_string_free_to_bytes (page);
    }

  return g_bytes_ref (made[index]);
}

PhFrame
ph_small_frame (guint index)
{
  guint next = 100 + index / 2 * 100;

  return (PhFrame) { index % 2, index % 2, next, next / 2 * PH_MSEC };
}

static const PhStoreWindow windows[] = {
  { "first", 0, 1600 },
  { "", PH_TIME_NONE, 800 },
};

static const PhStoreSnapshot snapshots[] = {
  { 0, 0, G_MAXUINT, G_MAXUINT },
  { 1, 1, 0, 1 },
};

static const PhStoreFocus focus[] = { { G_MININT64, 1 }, { 5, 0 } };

static const PhStorePage pages[] = {
  { 0, { 0, END }, "https://a.example/", "A", 640, 480 },
  { 1, { 7, 9 }, "", "B “b”", 0, 0 },
};

static const PhStoreMoment moments[] = {
  { -5, 0, "request", 1, 0, "GET /" },
  { 10, 1, "click", 2, -7, "button “Add to cart”" },
};

static const PhSpan idle[] = { { 1, 2 }, { 2, 3 }, { 10, END } };

static const PhStoreActivity activity[] = { { 0, 1 }, { 9, 5 } };

/* --- writing --------------------------------------------------------------- */

static gboolean
add_events (PhStoreWriter *writer,
            GError **error)
{
  guint frame = 0;

  for (guint i = 0; i < PH_SMALL_EVENTS; i++)
    {
      PhEvent event = ph_small_event (i);

      if (!ph_store_writer_add_event (writer, &event, error))
        return FALSE;

      g_assert_cmpuint (ph_store_writer_n_events (writer), ==, i + 1);

      while (frame < PH_SMALL_FRAMES && ph_small_frame (frame).next == i + 1)
        {
          PhFrame row = ph_small_frame (frame);
          g_autoptr (GBytes) page = ph_small_page (frame++);

          if (!ph_store_writer_add_frame (writer, &row, page, error))
            return FALSE;
        }
    }

  return TRUE;
}

#define ADD_ALL(list, func)                       \
  for (guint i = 0; i < G_N_ELEMENTS (list); i++) \
    {                                             \
      if (!func (writer, &list[i], error))        \
        return FALSE;                             \
    }

gboolean
ph_fill_small_store (PhStoreWriter *writer,
                     GError **error)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (GBytes) track = g_bytes_new_static ("track", 5);
  g_autoptr (GBytes) nothing = g_bytes_new_static (NULL, 0);

  for (guint i = 0; i < 9; i++)
    ph_health_add (health, PH_HEALTH_UNKNOWN_NODE, i == 0 ? PH_TIME_NONE : i, "Node %u", i);

  ph_health_add (health, PH_HEALTH_LIMIT, 3, "Limit");

  if (!add_events (writer, error))
    return FALSE;

  ADD_ALL (windows, ph_store_writer_add_window)
  ADD_ALL (snapshots, ph_store_writer_add_snapshot)
  ADD_ALL (focus, ph_store_writer_add_focus)
  ADD_ALL (pages, ph_store_writer_add_page)
  ADD_ALL (moments, ph_store_writer_add_moment)
  ADD_ALL (idle, ph_store_writer_add_idle)
  ADD_ALL (activity, ph_store_writer_add_activity)

  return ph_store_writer_add_health (writer, health, error) &&
         ph_store_writer_add_pointer (writer, 0, track, error) &&
         ph_store_writer_add_pointer (writer, 1, nothing, error) &&
         ph_store_writer_set_text (writer, "title", "Small", error) &&
         ph_store_writer_set_text (writer, "recorder", NULL, error) &&
         ph_store_writer_set_number (writer, "start_time", START, error) &&
         ph_store_writer_set_number (writer, "begin", 0, error) &&
         ph_store_writer_set_number (writer, "end", END, error);
}

gboolean
ph_make_small_store (const char *path,
                     GError **error)
{
  g_autoptr (PhStoreWriter) writer = ph_store_writer_new (path, error);

  return writer != NULL && ph_fill_small_store (writer, error) &&
         ph_store_writer_finish (writer, error);
}

gboolean
ph_make_noisy_store (const char *path,
                     GError **error)
{
  g_autoptr (PhStoreWriter) writer = ph_store_writer_new (path, error);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree char *noise = g_malloc (300000);
  PhEvent event = { .text = noise, .size = 300000 };

  for (guint i = 0; i < event.size; i++)
    noise[i] = (char) g_rand_int (rand);

  for (guint i = 0; writer != NULL && i < 5; i++)
    {
      memset (noise, (char) i, 10);

      for (guint k = 0; k < event.size; k++)
        noise[k] = (char) (noise[k] * 5 + (char) k);

      if (!ph_store_writer_add_event (writer, &event, error))
        return FALSE;
    }

  return writer != NULL && ph_store_writer_add_window (writer, &windows[0], error) &&
         ph_store_writer_set_number (writer, "start_time", 0, error) &&
         ph_store_writer_set_number (writer, "begin", 0, error) &&
         ph_store_writer_set_number (writer, "end", 0, error) &&
         ph_store_writer_finish (writer, error);
}

/* --- looking at it --------------------------------------------------------- */

static void
window_cb (const PhStoreWindow *window,
           gpointer user_data)
{
  const PhStoreWindow *wanted = &windows[(*(guint *) user_data)++];

  g_assert_cmpstr (window->name, ==, wanted->name);
  g_assert_cmpint (window->first_picture, ==, wanted->first_picture);
  g_assert_cmpuint (window->n_events, ==, wanted->n_events);
}

static void
snapshot_cb (const PhStoreSnapshot *snapshot,
             gpointer user_data)
{
  const PhStoreSnapshot *wanted = &snapshots[(*(guint *) user_data)++];

  g_assert_cmpuint (snapshot->event, ==, wanted->event);
  g_assert_cmpuint (snapshot->window, ==, wanted->window);
  g_assert_cmpuint (snapshot->meta, ==, wanted->meta);
  g_assert_cmpuint (snapshot->resize, ==, wanted->resize);
}

static void
focus_cb (const PhStoreFocus *row,
          gpointer user_data)
{
  const PhStoreFocus *wanted = &focus[(*(guint *) user_data)++];

  g_assert_cmpint (row->time, ==, wanted->time);
  g_assert_cmpuint (row->window, ==, wanted->window);
}

static void
page_cb (const PhStorePage *page,
         gpointer user_data)
{
  const PhStorePage *wanted = &pages[(*(guint *) user_data)++];

  g_assert_cmpuint (page->window, ==, wanted->window);
  g_assert_cmpint (page->span.begin, ==, wanted->span.begin);
  g_assert_cmpint (page->span.end, ==, wanted->span.end);
  g_assert_cmpstr (page->url, ==, wanted->url);
  g_assert_cmpstr (page->title, ==, wanted->title);
  g_assert_cmpint (page->width, ==, wanted->width);
  g_assert_cmpint (page->height, ==, wanted->height);
}

static void
moment_cb (const PhStoreMoment *moment,
           gpointer user_data)
{
  const PhStoreMoment *wanted = &moments[(*(guint *) user_data)++];

  g_assert_cmpint (moment->time, ==, wanted->time);
  g_assert_cmpuint (moment->window, ==, wanted->window);
  g_assert_cmpstr (moment->kind, ==, wanted->kind);
  g_assert_cmpuint (moment->severity, ==, wanted->severity);
  g_assert_cmpint (moment->node, ==, wanted->node);
  g_assert_cmpstr (moment->text, ==, wanted->text);
}

static void
idle_cb (const PhSpan *span,
         gpointer user_data)
{
  const PhSpan *wanted = &idle[(*(guint *) user_data)++];

  g_assert_cmpint (span->begin, ==, wanted->begin);
  g_assert_cmpint (span->end, ==, wanted->end);
}

static void
activity_cb (const PhStoreActivity *row,
             gpointer user_data)
{
  const PhStoreActivity *wanted = &activity[(*(guint *) user_data)++];

  g_assert_cmpint (row->step, ==, wanted->step);
  g_assert_cmpuint (row->n_events, ==, wanted->n_events);
}

static void
assert_health (PhStore *store)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (GError) error = NULL;
  const PhFinding *findings;
  guint n;

  g_assert_true (ph_store_read_health (store, health, &error));
  g_assert_cmpuint (ph_health_total (health), ==, 10);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_UNKNOWN_NODE), ==, 9);
  findings = ph_health_examples (health, PH_HEALTH_UNKNOWN_NODE, &n);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpint (findings[0].time, ==, PH_TIME_NONE);
  g_assert_cmpint (findings[4].time, ==, 4);
  g_assert_cmpstr (findings[4].text, ==, "Node 4");
}

#define ASSERT_ALL(list, name)                                                \
  {                                                                           \
    guint n_rows = 0;                                                         \
    g_assert_true (ph_store_read_##name (store, list##_cb, &n_rows, &error)); \
    g_assert_cmpuint (n_rows, ==, G_N_ELEMENTS (name));                       \
  }

static void
assert_lists (PhStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) track = ph_store_read_pointer (store, 0, &error);
  g_autoptr (GBytes) nothing = ph_store_read_pointer (store, 1, &error);

  ASSERT_ALL (window, windows)
  ASSERT_ALL (snapshot, snapshots)
  ASSERT_ALL (focus, focus)
  ASSERT_ALL (page, pages)
  ASSERT_ALL (moment, moments)
  ASSERT_ALL (idle, idle)
  ASSERT_ALL (activity, activity)
  assert_health (store);
  g_assert_cmpmem (g_bytes_get_data (track, NULL), g_bytes_get_size (track), "track", 5);
  g_assert_cmpuint (g_bytes_get_size (nothing), ==, 0);
}

static void
assert_frames (PhStore *store)
{
  guint n;
  const PhFrame *frames = ph_store_get_frames (store, &n);

  g_assert_cmpuint (n, ==, PH_SMALL_FRAMES);

  /* Backwards, so that what is kept does not help. */
  for (guint i = n; i > 0; i--)
    {
      const PhFrame *frame = &frames[i - 1];
      guint index = (frame->next - 100) / 100 * 2 + frame->window;
      PhFrame wanted = ph_small_frame (index);
      g_autoptr (GBytes) page = ph_store_read_frame (store, i - 1);
      g_autoptr (GBytes) wanted_page = ph_small_page (index);

      g_assert_cmpuint (frame->snapshot, ==, wanted.snapshot);
      g_assert_cmpuint (frame->next, ==, wanted.next);
      g_assert_cmpint (frame->time, ==, wanted.time);
      g_assert_nonnull (page);
      g_assert_true (g_bytes_equal (page, wanted_page));
    }
}

static void
assert_events (PhStore *store)
{
  g_assert_cmpuint (ph_store_n_events (store), ==, PH_SMALL_EVENTS);

  for (guint i = 0; i < PH_SMALL_EVENTS; i++)
    {
      PhEvent wanted = ph_small_event (i);
      const PhEvent *event = ph_store_get_event (store, i);

      g_assert_cmpint (event->timestamp, ==, wanted.timestamp);
      g_assert_cmpint (event->time, ==, wanted.time);
      g_assert_cmpuint (event->order, ==, wanted.order);
      g_assert_cmpuint (event->window, ==, wanted.window);
      g_assert_cmpint (event->type, ==, wanted.type);
      g_assert_cmpint (event->source, ==, wanted.source);
      g_assert_cmpmem (event->text, event->size, wanted.text, wanted.size);
      g_assert_false (ph_store_is_lost (event));
    }
}

void
ph_assert_small_store (PhStore *store)
{
  g_autofree char *title = ph_store_dup_text (store, "title");
  g_autofree char *recorder = ph_store_dup_text (store, "recorder");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (ph_store_n_windows (store), ==, 2);
  g_assert_cmpint (ph_store_get_start_time (store), ==, START);
  g_assert_cmpint (ph_store_get_span (store).end, ==, END);
  g_assert_cmpstr (title, ==, "Small");
  g_assert_null (recorder);
  g_assert_cmpint (ph_store_get_number (store, "end", -1), ==, END);
  g_assert_cmpint (ph_store_get_number (store, "title", -1), ==, -1);
  g_assert_true (ph_store_check_lists (store, &error));
  g_assert_true (ph_store_check_file (store, &error));
  assert_events (store);
  assert_frames (store);
  assert_lists (store);
}
