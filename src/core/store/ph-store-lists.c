/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading the lists of a recording file, row by row, each number within its bounds. */

#include "ph-error.h"
#include "ph-limits.h"
#include "ph-squeeze.h"
#include "ph-store-private.h"

#include <string.h>

/* The version that lists what pages name and archives do not bring. */
#define FIRST_WITH_ASSETS 2

/* --- rows ------------------------------------------------------------------ */

gint64
ph_store_take_int (PhStatement *row,
                   guint column,
                   gint64 min,
                   gint64 max,
                   gboolean *is_bad)
{
  gint64 number = ph_statement_int (row, column);

  if (ph_statement_type (row, column) != PH_DB_INT || number < min || number > max)
    {
      *is_bad = TRUE;
      return min;
    }

  return number;
}

gboolean
ph_store_is_null (PhStatement *row,
                  guint column)
{
  return ph_statement_type (row, column) == PH_DB_NULL;
}

guint
ph_store_take_event (PhStore *store,
                     PhStatement *row,
                     guint column,
                     gboolean *is_bad)
{
  return (guint) ph_store_take_int (row, column, 0, (gint64) store->n_events - 1, is_bad);
}

guint32
ph_store_take_window (PhStore *store,
                      PhStatement *row,
                      guint column,
                      gboolean *is_bad)
{
  return (guint32) ph_store_take_int (row, column, 0, (gint64) store->n_windows - 1, is_bad);
}

PhTime
ph_store_take_time (PhStore *store,
                    PhStatement *row,
                    guint column,
                    gboolean *is_bad)
{
  return ph_store_take_int (row, column, store->span.begin, store->span.end, is_bad);
}

gboolean
ph_store_set_damaged (GError **error,
                      const char *what)
{
  g_set_error (error, PH_ERROR, PH_ERROR_CORRUPT, "The recording’s %s is damaged", what);

  return FALSE;
}

gboolean
ph_store_each_row (PhStore *store,
                   const char *sql,
                   const char *what,
                   PhStoreTakeRow take,
                   gpointer user_data,
                   GError **error)
{
  g_autoptr (PhStatement) statement = ph_db_prepare (store->db, sql, error);
  gboolean is_bad = FALSE;
  gboolean row;

  if (statement == NULL || !ph_statement_step (statement, &row, error))
    return FALSE;

  while (row)
    {
      take (store, statement, &is_bad, user_data);

      if (is_bad)
        return ph_store_set_damaged (error, what);

      if (!ph_statement_step (statement, &row, error))
        return FALSE;
    }

  return TRUE;
}

/* --- lists ----------------------------------------------------------------- */

/* What a caller wants done with each row; the union spares a cast of function pointers. */
typedef struct
{
  union
  {
    void (*window) (const PhStoreWindow *window,
                    gpointer user_data);
    void (*snapshot) (const PhStoreSnapshot *snapshot,
                      gpointer user_data);
    void (*focus) (const PhStoreFocus *focus,
                   gpointer user_data);
    void (*page) (const PhStorePage *page,
                  gpointer user_data);
    void (*moment) (const PhStoreMoment *moment,
                    gpointer user_data);
    void (*asset) (const PhStoreAsset *asset,
                   gpointer user_data);
    void (*idle) (const PhSpan *span,
                  gpointer user_data);
    void (*activity) (const PhStoreActivity *activity,
                      gpointer user_data);
  } func;
  gpointer user_data;
  gint64 last; /* of the row before, where rows must not overlap */
} Visitor;

static void
take_window_row (PhStore *store,
                 PhStatement *row,
                 gboolean *is_bad,
                 gpointer user_data)
{
  Visitor *visitor = user_data;
  PhStoreWindow window = { .first_picture = PH_TIME_NONE };

  ph_store_take_int (row, 0, visitor->last, visitor->last, is_bad);
  visitor->last++;
  window.name = ph_statement_text (row, 1);
  window.n_events = (guint) ph_store_take_int (row, 3, 0, store->n_events, is_bad);

  if (!ph_store_is_null (row, 2))
    window.first_picture = ph_store_take_time (store, row, 2, is_bad);

  if (!*is_bad)
    visitor->func.window (&window, visitor->user_data);
}

gboolean
ph_store_read_windows (PhStore *store,
                       void (*func) (const PhStoreWindow *window,
                                     gpointer user_data),
                       gpointer user_data,
                       GError **error)
{
  Visitor visitor = { .func.window = func, .user_data = user_data };

  return ph_store_each_row (store,
                            "SELECT number, name, first_picture, events FROM window "
                            "ORDER BY number",
                            "list of windows", take_window_row, &visitor, error);
}

static void
take_snapshot_row (PhStore *store,
                   PhStatement *row,
                   gboolean *is_bad,
                   gpointer user_data)
{
  Visitor *visitor = user_data;
  PhStoreSnapshot snapshot = { .meta = G_MAXUINT, .resize = G_MAXUINT };

  snapshot.event = ph_store_take_event (store, row, 0, is_bad);
  snapshot.window = ph_store_take_window (store, row, 1, is_bad);

  if (!ph_store_is_null (row, 2))
    snapshot.meta = (guint) ph_store_take_int (row, 2, 0, snapshot.event, is_bad);

  if (!ph_store_is_null (row, 3))
    snapshot.resize = (guint) ph_store_take_int (row, 3, 0, snapshot.event, is_bad);

  if (!*is_bad)
    visitor->func.snapshot (&snapshot, visitor->user_data);
}

gboolean
ph_store_read_snapshots (PhStore *store,
                         void (*func) (const PhStoreSnapshot *snapshot,
                                       gpointer user_data),
                         gpointer user_data,
                         GError **error)
{
  Visitor visitor = { .func.snapshot = func, .user_data = user_data };

  return ph_store_each_row (store,
                            "SELECT event, window, meta, resize FROM snapshot ORDER BY event",
                            "list of snapshots", take_snapshot_row, &visitor, error);
}

static void
take_focus_row (PhStore *store,
                PhStatement *row,
                gboolean *is_bad,
                gpointer user_data)
{
  Visitor *visitor = user_data;
  PhStoreFocus focus;

  focus.time = ph_store_take_int (row, 0, visitor->last, store->span.end, is_bad);
  focus.window = ph_store_take_window (store, row, 1, is_bad);
  visitor->last = focus.time;

  if (!*is_bad)
    visitor->func.focus (&focus, visitor->user_data);
}

gboolean
ph_store_read_focus (PhStore *store,
                     void (*func) (const PhStoreFocus *focus,
                                   gpointer user_data),
                     gpointer user_data,
                     GError **error)
{
  Visitor visitor = { .func.focus = func, .user_data = user_data, .last = G_MININT64 };

  return ph_store_each_row (store,
                            "SELECT time, window FROM focus ORDER BY number",
                            "list of windows used",
                            take_focus_row, &visitor, error);
}

static void
take_page_row (PhStore *store,
               PhStatement *row,
               gboolean *is_bad,
               gpointer user_data)
{
  Visitor *visitor = user_data;
  PhStorePage page;

  page.window = ph_store_take_window (store, row, 0, is_bad);
  page.span.begin = ph_store_take_int (row, 1, visitor->last, store->span.end, is_bad);
  page.span.end = ph_store_take_int (row, 2, page.span.begin, store->span.end, is_bad);
  page.width = (int) ph_store_take_int (row, 5, 0, PH_LIMIT_VIEWPORT, is_bad);
  page.height = (int) ph_store_take_int (row, 6, 0, PH_LIMIT_VIEWPORT, is_bad);
  page.url = ph_statement_text (row, 3);
  page.title = ph_statement_text (row, 4);
  visitor->last = page.span.begin;

  if (!*is_bad)
    visitor->func.page (&page, visitor->user_data);
}

gboolean
ph_store_read_pages (PhStore *store,
                     void (*func) (const PhStorePage *page,
                                   gpointer user_data),
                     gpointer user_data,
                     GError **error)
{
  Visitor visitor = { .func.page = func, .user_data = user_data };

  return ph_store_each_row (
    store, "SELECT window, begin, \"end\", url, title, width, height FROM page ORDER BY number",
    "list of pages", take_page_row, &visitor, error);
}

static void
take_moment_row (PhStore *store,
                 PhStatement *row,
                 gboolean *is_bad,
                 gpointer user_data)
{
  Visitor *visitor = user_data;
  PhStoreMoment moment = { 0 };

  moment.time = ph_store_take_int (row, 0, visitor->last, G_MAXINT64 / 4, is_bad);
  moment.window = ph_store_take_window (store, row, 1, is_bad);
  moment.kind = ph_statement_text (row, 2);
  moment.severity = (guint) ph_store_take_int (row, 3, 0, 2, is_bad);
  moment.text = ph_statement_text (row, 5);
  visitor->last = moment.time;

  if (!ph_store_is_null (row, 4))
    moment.node = (gint32) ph_store_take_int (row, 4, G_MININT32, G_MAXINT32, is_bad);

  /* Signs that a text was cut, and quotation marks, come on top. */
  if (g_utf8_strlen (moment.text, -1) > 2L * PH_LIMIT_LABEL_CHARS)
    *is_bad = TRUE;

  if (!*is_bad)
    visitor->func.moment (&moment, visitor->user_data);
}

gboolean
ph_store_read_moments (PhStore *store,
                       void (*func) (const PhStoreMoment *moment,
                                     gpointer user_data),
                       gpointer user_data,
                       GError **error)
{
  Visitor visitor = { .func.moment = func, .user_data = user_data, .last = G_MININT64 / 4 };

  return ph_store_each_row (store,
                            "SELECT time, window, kind, severity, node, text FROM moment "
                            "ORDER BY number",
                            "list of moments", take_moment_row, &visitor, error);
}

static void
take_asset_row (PhStore *store,
                PhStatement *row,
                gboolean *is_bad,
                gpointer user_data)
{
  Visitor *visitor = user_data;
  PhStoreAsset asset = { 0 };

  asset.url = ph_statement_text (row, 0);
  asset.kind = ph_statement_text (row, 1);
  asset.time = ph_store_take_int (row, 2, visitor->last, G_MAXINT64 / 4, is_bad);
  asset.window = ph_store_take_window (store, row, 3, is_bad);
  visitor->last = asset.time;

  if (asset.url[0] == '\0' || strlen (asset.url) > PH_LIMIT_URL_BYTES)
    *is_bad = TRUE;

  if (!*is_bad)
    visitor->func.asset (&asset, visitor->user_data);
}

gboolean
ph_store_read_assets (PhStore *store,
                      void (*func) (const PhStoreAsset *asset,
                                    gpointer user_data),
                      gpointer user_data,
                      GError **error)
{
  Visitor visitor = { .func.asset = func, .user_data = user_data, .last = G_MININT64 / 4 };

  if (store->version < FIRST_WITH_ASSETS)
    return TRUE;

  return ph_store_each_row (store, "SELECT url, kind, time, window FROM asset ORDER BY number",
                            "list of assets", take_asset_row, &visitor, error);
}

static void
take_idle_row (PhStore *store,
               PhStatement *row,
               gboolean *is_bad,
               gpointer user_data)
{
  Visitor *visitor = user_data;
  PhSpan span;

  span.begin = ph_store_take_int (row, 0, visitor->last, store->span.end, is_bad);
  span.end = ph_store_take_int (row, 1, span.begin, store->span.end, is_bad);
  visitor->last = span.end;

  if (!*is_bad)
    visitor->func.idle (&span, visitor->user_data);
}

gboolean
ph_store_read_idle (PhStore *store,
                    void (*func) (const PhSpan *span,
                                  gpointer user_data),
                    gpointer user_data,
                    GError **error)
{
  Visitor visitor = { .func.idle = func, .user_data = user_data };

  return ph_store_each_row (store,
                            "SELECT begin, \"end\" FROM idle ORDER BY begin", "list of pauses",
                            take_idle_row, &visitor, error);
}

static void
take_activity_row (PhStore *store,
                   PhStatement *row,
                   gboolean *is_bad,
                   gpointer user_data)
{
  Visitor *visitor = user_data;
  PhStoreActivity activity;

  activity.step = ph_store_take_int (row, 0, visitor->last, G_MAXINT32, is_bad);
  activity.n_events = (guint) ph_store_take_int (row, 1, 0, store->n_events, is_bad);
  visitor->last = activity.step + 1;

  if (!*is_bad)
    visitor->func.activity (&activity, visitor->user_data);
}

gboolean
ph_store_read_activity (PhStore *store,
                        void (*func) (const PhStoreActivity *activity,
                                      gpointer user_data),
                        gpointer user_data,
                        GError **error)
{
  Visitor visitor = { .func.activity = func, .user_data = user_data };

  return ph_store_each_row (store,
                            "SELECT step, events FROM activity ORDER BY step", "activity",
                            take_activity_row, &visitor, error);
}

static void
take_finding_row (PhStore *store,
                  PhStatement *row,
                  gboolean *is_bad,
                  gpointer user_data)
{
  gint64 n = ph_store_take_int (row, 3, 1, G_MAXINT64, is_bad);
  PhTime time = PH_TIME_NONE;
  PhHealthKind kind;

  if (!ph_health_kind_from_name (ph_statement_text (row, 0), &kind))
    *is_bad = TRUE;

  if (!ph_store_is_null (row, 1))
    time = ph_store_take_time (store, row, 1, is_bad);

  if (*is_bad)
    return;

  if (ph_store_is_null (row, 2))
    ph_health_add_silent (user_data, kind, (guint64) n);
  else
    ph_health_add (user_data, kind, time, "%s", ph_statement_text (row, 2));
}

gboolean
ph_store_read_health (PhStore *store,
                      PhHealth *health,
                      GError **error)
{
  return ph_store_each_row (store,
                            "SELECT kind, time, text, events FROM finding ORDER BY number",
                            "list of findings", take_finding_row, health, error);
}

GBytes *
ph_store_read_pointer (PhStore *store,
                       guint32 window,
                       GError **error)
{
  g_autoptr (PhStatement) statement =
    ph_db_prepare (store->db, "SELECT data, size, checksum FROM pointer WHERE window = ?", error);
  gint64 numbers[] = { window, 0 };
  gboolean is_bad = FALSE;
  gboolean row;
  gconstpointer data;
  guint32 checksum;
  gsize size;

  if (statement == NULL)
    return NULL;

  ph_statement_bind_int (statement, 0, window);

  if (!ph_statement_step (statement, &row, error))
    return NULL;

  if (row)
    {
      numbers[1] = ph_store_take_int (statement, 1, 0, PH_LIMIT_STORE_PAGE, &is_bad);
      checksum = (guint32) ph_store_take_int (statement, 2, 0, G_MAXUINT32, &is_bad);
      data = ph_statement_data (statement, 0, &size);

      if (!is_bad && data != NULL && ph_checksum (numbers, 2, data, size) == checksum)
        return ph_unsqueeze (data, size, (gsize) numbers[1], NULL, error);
    }

  ph_store_set_damaged (error, "pointer track");

  return NULL;
}
