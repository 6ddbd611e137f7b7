/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-canvas.h"
#include "ph-limits.h"
#include "ph-test-dom.h"

#include <string.h>

#define SIZE 6 /* of the canvases that are drawn into here, in pixels */
#define N_STATES 64

/* ---- drawing ---- */

static PhCanvas *
draw (PhCanvas *canvas,
      const char *data,
      PhHealth *health)
{
  g_autofree char *json = ph_test_json (data);
  g_autoptr (PhJson) parser = ph_json_new ();
  g_autoptr (GError) error = NULL;
  PhJsonValue root;

  ph_json_parse (parser, json, strlen (json), &root, &error);
  g_assert_no_error (error);

  return ph_canvas_draw (canvas, root, health, 0);
}

static char *
write_runs (const PhCanvas *canvas)
{
  g_autoptr (GPtrArray) runs = ph_canvas_list_runs (canvas);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    g_string_append (text, runs->pdata[i]);

  g_strdelimit (text->str, "\"", '\'');

  return g_string_free (text, FALSE);
}

static PhCanvas *
restore (const PhCanvas *canvas)
{
  g_autoptr (GPtrArray) runs = ph_canvas_list_runs (canvas);
  guint width;
  guint height;

  ph_canvas_get_size (canvas, &width, &height);

  return ph_canvas_restore (ph_canvas_get_flags (canvas), ph_canvas_get_context (canvas), width,
                            height, runs);
}

#define CALL(name, arguments) "{'property':'" name "','args':[" arguments "]}"
#define PUT(name, value) "{'property':'" name "','args':[" value "],'setter':true}"
#define EVENT(commands) "{'source':9,'id':1,'type':0,'commands':[" commands "]}"
#define PICTURE                                                                                 \
  "{'rr_type':'ImageBitmap','args':[{'rr_type':'Blob','data':[{'rr_type':'ArrayBuffer',"        \
  "'base64':'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mNgYPgPAAEDAQA2dBFAAAAAA" \
  "ElFTkSuQmCC'}],'type':'image/png'}]}"
#define FRAME(width, height, more)                                                  \
  "{'source':9,'id':1,'type':0," more "'commands':[{'property':'clearRect','args':" \
  "[0,0," #width "," #height "]},{'property':'drawImage','args':[" PICTURE ",0,0]}]}"

static void
test_runs (void)
{
  static const struct
  {
    const char *events[4];
    const char *runs;
    gboolean based;
  } rows[] = {
    { { EVENT ("['moveTo',0,0]"), EVENT ("['stroke']") },
      "[['moveTo',0,0]][['stroke']]",
      TRUE },
    /* The form of version 1. */
    { { "{'source':9,'id':1,'property':'fillStyle','args':['red'],'setter':true}" },
      "[['=fillStyle','red']]",
      TRUE },
    { { EVENT (""), EVENT ("['measureText','x']") }, "", TRUE },
    /* What is painted over goes; the state stays. */
    { { EVENT ("['=lineWidth',2],['strokeRect',0,0,1,1]"),
        EVENT ("['strokeRect',1,1,1,1]"),
        EVENT ("['strokeRect',2,2,1,1],['clearRect',0,0,6,6],['strokeRect',3,3,1,1]") },
      "[['=lineWidth',2],['clearRect',0,0,6,6],['strokeRect',3,3,1,1]]",
      FALSE },
    /* Not before a path turns out not to be needed. */
    { { EVENT ("['rect',0,0,1,1],['fill']"),
        EVENT ("['=lineWidth',2],['clearRect',0,0,6,6]"),
        EVENT ("['strokeRect',1,1,1,1]") },
      "[['rect',0,0,1,1],['fill']][['=lineWidth',2]][['clearRect',0,0,6,6]]"
      "[['strokeRect',1,1,1,1]]",
      TRUE },
    { { EVENT ("['rect',0,0,1,1],['fill']"),
        EVENT ("['=lineWidth',2],['clearRect',0,0,6,6]"),
        EVENT ("['strokeRect',1,1,1,1]"),
        EVENT ("['beginPath'],['rect',0,0,2,2]") },
      "[['=lineWidth',2]][['clearRect',0,0,6,6]][['strokeRect',1,1,1,1]]"
      "[['beginPath'],['rect',0,0,2,2]]",
      FALSE },
    { { EVENT ("['reset']"), EVENT ("['reset']") }, "[['reset']]", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PhCanvas *canvas = ph_canvas_new (SIZE, SIZE, TRUE);
      g_autofree char *runs = NULL;

      for (guint e = 0; e < G_N_ELEMENTS (rows[i].events) && rows[i].events[e] != NULL; e++)
        canvas = draw (canvas, rows[i].events[e], NULL);

      runs = write_runs (canvas);
      g_test_message ("row %u", i);
      g_assert_cmpstr (runs, ==, rows[i].runs);
      g_assert_cmpint (ph_canvas_is_based (canvas), ==, rows[i].based);
      ph_canvas_unref (canvas);
    }
}

/* Of recorded frames one is kept, in a bitmap of its size. */
static void
test_frames (void)
{
  PhCanvas *canvas = ph_canvas_new (SIZE, SIZE, TRUE);
  guint width;
  guint height;

  for (guint i = 0; i < 100; i++)
    canvas = draw (canvas, FRAME (12, 8, ""), NULL);

  g_assert_cmpuint (ph_canvas_n_commands (canvas), ==, 2);
  g_assert_false (ph_canvas_is_based (canvas));
  ph_canvas_get_size (canvas, &width, &height);
  g_assert_cmpuint (width, ==, 12);
  g_assert_cmpuint (height, ==, 8);

  canvas = draw (canvas, FRAME (12, 8, "'displayWidth':20,'displayHeight':10,"), NULL);
  ph_canvas_get_size (canvas, &width, &height);
  g_assert_cmpuint (width, ==, 20);
  g_assert_cmpuint (height, ==, 10);

  /* A size that is none, or beyond all, changes nothing. */
  canvas = draw (canvas, FRAME (0, 8, ""), NULL);
  canvas = draw (canvas, FRAME (1000000, 1000000, ""), NULL);
  ph_canvas_get_size (canvas, &width, &height);
  g_assert_cmpuint (width, ==, 20);
  ph_canvas_unref (canvas);

  /* Where a script draws too, a frame is drawing as any other. */
  canvas = draw (ph_canvas_new (SIZE, SIZE, FALSE), EVENT ("['scale',2,2]"), NULL);
  canvas = draw (canvas, FRAME (3, 3, ""), NULL);
  ph_canvas_get_size (canvas, &width, &height);
  g_assert_cmpuint (width, ==, SIZE);
  g_assert_cmpuint (ph_canvas_n_commands (canvas), ==, 3);
  ph_canvas_unref (canvas);
}

static void
test_findings (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  PhCanvas *canvas = ph_canvas_new (SIZE, SIZE, FALSE);

  canvas = draw (canvas, EVENT ("['fillRect',0,0,1,1],['eval','x'],['eval','y']"
                                ",5"),
                 health);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_EVENT_NOT_SHOWN), ==, 3);
  g_assert_cmpuint (ph_canvas_n_commands (canvas), ==, 1);

  /* A canvas has one context for all its life. */
  canvas = draw (canvas, "{'source':9,'id':1,'type':1,'commands':["
                         "['clear',1]"
                         "]}",
                 health);
  canvas = draw (canvas, "{'source':9,'id':1,'type':7,'commands':["
                         "['clear',1]"
                         "]}",
                 health);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_EVENT_NOT_SHOWN), ==, 5);
  g_assert_cmpuint (ph_canvas_n_commands (canvas), ==, 1);
  ph_canvas_unref (canvas);

  canvas = draw (ph_canvas_new (SIZE, SIZE, TRUE),
                 "{'source':9,'id':1,'type':1,'commands':["
                 "['clear',1]"
                 "]}",
                 health);
  g_assert_cmpuint (ph_canvas_n_commands (canvas), ==, 0);
  ph_canvas_unref (canvas);
}

/* More than can be kept is left out, until a frame begins anew. */
static void
test_full (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (GString) event = g_string_new ("{'source':9,'id':1,'commands':[");
  PhCanvas *canvas = ph_canvas_new (SIZE, SIZE, FALSE);
  g_autoptr (PhCanvas) again = NULL;

  for (guint i = 0; i < PH_LIMIT_CANVAS_COMMANDS / 4 + 2; i++)
    g_string_append_printf (event, "%s['lineTo',0,%u]", i > 0 ? "," : "", i);

  g_string_append (event, "]}");

  for (guint i = 0; i < 6; i++)
    canvas = draw (canvas, event->str, health);

  g_assert_cmpuint (ph_canvas_n_commands (canvas), ==, PH_LIMIT_CANVAS_COMMANDS);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_LIMIT), ==, 1);
  again = restore (canvas);
  g_assert_true (ph_canvas_equal (again, canvas));

  canvas = draw (canvas, EVENT ("['clearRect',0,0,6,6]"), health);
  g_assert_cmpuint (ph_canvas_n_commands (canvas), ==, PH_LIMIT_CANVAS_COMMANDS);
  ph_canvas_unref (canvas);

  canvas = draw (ph_canvas_new (SIZE, SIZE, FALSE),
                 "{'source':9,'id':1,'type':1,'commands':["
                 "['texImage2D',3553,0,6408,8192,8192,0,6408,5121,null],"
                 "['texImage2D',3553,0,6408,8192,8192,0,6408,5121,null],"
                 "['texImage2D',3553,0,6408,8192,8192,0,6408,5121,null]]}",
                 health);
  g_assert_cmpuint (ph_canvas_n_commands (canvas), ==, 2);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_LIMIT), ==, 2);
  ph_canvas_unref (canvas);
}

/* What another holds does not change, and is a part of what comes after it. */
static void
test_sharing (void)
{
  PhCanvas *canvas = draw (ph_canvas_new (SIZE, SIZE, FALSE), EVENT ("['moveTo',1,1]"), NULL);
  g_autoptr (PhCanvas) old = ph_canvas_ref (canvas);
  g_autoptr (PhCanvas) like = restore (canvas);
  g_autofree char *runs = NULL;
  guint n = 0;

  canvas = draw (canvas, EVENT ("['lineTo',2,2]"), NULL);
  runs = write_runs (old);
  g_assert_cmpstr (runs, ==, "[['moveTo',1,1]]");
  g_assert_true (ph_canvas_continues (canvas, old, &n));
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (ph_canvas_continues (canvas, like, &n));
  g_assert_false (ph_canvas_continues (old, canvas, &n));
  g_assert_true (ph_canvas_equal (old, like));
  g_assert_false (ph_canvas_equal (old, canvas));
  g_assert_false (ph_canvas_equal (old, NULL));

  canvas = draw (canvas, EVENT ("['reset']"), NULL);
  g_assert_false (ph_canvas_continues (canvas, old, &n));
  ph_canvas_unref (canvas);
}

/* A recording file may say anything: what is no canvas of ours is none. */
static void
test_damaged (void)
{
  static const char *const runs[] = {
    "[[\"fillRect\",0,0,1,1,5]]", "[[\"fillRect\",0,0,1,1]", "[]", "{}", "", "[[\"eval\",\"x\"]]",
    "[[\"fillRect\", 0,0,1,1]]", "[{\"property\":\"save\",\"args\":[]}]", "[[\"measureText\",1]]",
    "[[\"drawImage\",{\"rr_type\":\"HTMLImageElement\",\"src\":\"https://a.example/\"},0,0]]"
  };
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  g_autoptr (PhCanvas) whole = NULL;

  g_ptr_array_add (list, g_ref_string_new ("[[\"save\"]]"));
  whole = ph_canvas_restore (0, PH_CANVAS_2D, SIZE, SIZE, list);
  g_assert_nonnull (whole);
  g_assert_null (ph_canvas_restore (PH_CANVAS_FLAGS + 1, PH_CANVAS_2D, SIZE, SIZE, list));
  g_assert_null (ph_canvas_restore (0, 3, SIZE, SIZE, list));
  g_assert_null (ph_canvas_restore (0, PH_CANVAS_WEBGL, SIZE, SIZE, list));
  g_assert_null (ph_canvas_restore (0, PH_CANVAS_2D, G_MAXINT32, G_MAXINT32, list));

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_test_message ("%s", runs[i]);
      g_ptr_array_add (list, g_ref_string_new (runs[i]));
      g_assert_null (ph_canvas_restore (0, PH_CANVAS_2D, SIZE, SIZE, list));
      g_ptr_array_remove_index (list, 1);
    }
}

/* ---- a canvas of a few pixels ---- */

/*
 * Carries commands out, as a browser does, on SIZE × SIZE pixels: rectangles only,
 * moved and scaled by whole numbers. A pixel is 0 when nothing is there, else a number
 * that says what was painted over what.
 */
typedef struct
{
  int x, y, scale;
  guint32 fill;
  gboolean solid;
  gboolean faint; /* of globalAlpha */
  gboolean clip[SIZE][SIZE];
} State;

typedef struct
{
  guint32 pixels[SIZE][SIZE];
  gboolean path[SIZE][SIZE];
  State states[N_STATES];
  guint n_states;
} Painter;

static void
paint (Painter *painter,
       const gboolean mask[SIZE][SIZE],
       gboolean clears)
{
  const State *state = &painter->states[painter->n_states - 1];

  for (guint y = 0; y < SIZE; y++)
    for (guint x = 0; x < SIZE; x++)
      {
        guint32 *pixel = &painter->pixels[y][x];

        if (!mask[y][x] || state->clip[y][x])
          continue;

        if (clears)
          *pixel = 0;
        else if (state->solid && !state->faint)
          *pixel = state->fill;
        else
          *pixel = (*pixel * 2654435761u) ^ (state->fill * 40503u) ^ (guint32) state->faint;
      }
}

static void
add_rect (const State *state,
          gboolean mask[SIZE][SIZE],
          const double *n)
{
  int left = state->x + (int) n[0] * state->scale;
  int top = state->y + (int) n[1] * state->scale;
  int right = left + (int) n[2] * state->scale;
  int bottom = top + (int) n[3] * state->scale;

  for (int y = MAX (top, 0); y < MIN (bottom, SIZE); y++)
    for (int x = MAX (left, 0); x < MIN (right, SIZE); x++)
      mask[y][x] = TRUE;
}

static void
set_style (State *state,
           const char *text)
{
  if (strstr (text, "globalAlpha") != NULL)
    state->faint = strstr (text, "0.5") != NULL;
  else if (strstr (text, "red") != NULL || strstr (text, "#00f") != NULL ||
           strstr (text, "rgba") != NULL)
    {
      state->fill = g_str_hash (text) | 1;
      state->solid = strstr (text, "rgba") == NULL;
    }
}

static void
transform (State *state,
           const PhCanvasCommand *command)
{
  const double *n = command->numbers;

  if (strcmp (command->name, "translate") == 0)
    {
      state->x += (int) n[0] * state->scale;
      state->y += (int) n[1] * state->scale;
    }
  else if (strcmp (command->name, "scale") == 0)
    {
      state->scale *= (int) n[0];
    }
  else if (strcmp (command->name, "setTransform") == 0)
    {
      state->scale = (int) n[0];
      state->x = (int) n[4];
      state->y = (int) n[5];
    }
  else
    {
      state->x = state->y = 0;
      state->scale = 1;
    }
}

static void
carry_out (Painter *painter,
           const PhCanvasCommand *command,
           const char *text)
{
  State *state = &painter->states[painter->n_states - 1];
  gboolean mask[SIZE][SIZE] = { { FALSE } };

  switch (command->effect)
    {
    case PH_CANVAS_SETS:
      set_style (state, text);
      break;
    case PH_CANVAS_TRANSFORMS:
      transform (state, command);
      break;
    case PH_CANVAS_SAVES:
      g_assert_cmpuint (painter->n_states, <, N_STATES);
      painter->states[painter->n_states++] = *state;
      break;
    case PH_CANVAS_RESTORES:
      painter->n_states -= painter->n_states > 1;
      break;
    case PH_CANVAS_BEGINS_PATH:
      memset (painter->path, 0, sizeof painter->path);
      break;
    case PH_CANVAS_ADDS_TO_PATH:
      add_rect (state, painter->path, command->numbers);
      break;
    case PH_CANVAS_USES_PATH:
      paint (painter, painter->path, FALSE);
      break;
    case PH_CANVAS_CLIPS:
      for (guint y = 0; y < SIZE; y++)
        for (guint x = 0; x < SIZE; x++)
          state->clip[y][x] |= !painter->path[y][x];
      break;
    case PH_CANVAS_CLEARS_RECT:
    case PH_CANVAS_FILLS_RECT:
      add_rect (state, mask, command->numbers);
      paint (painter, mask, command->effect == PH_CANVAS_CLEARS_RECT);
      break;
    case PH_CANVAS_RESETS:
      memset (painter, 0, sizeof *painter);
      painter->states[0] = (State) { .scale = 1, .fill = 1, .solid = TRUE };
      painter->n_states = 1;
      break;
    case PH_CANVAS_DRAWS:
    case PH_CANVAS_PUTS_DATA:
      g_assert_not_reached ();
    }
}

static void
carry_out_all (Painter *painter,
               const char *run)
{
  g_autoptr (PhJson) parser = ph_json_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  PhJsonValue root;
  PhJsonValue value;
  PhJsonIter iter;

  g_assert_true (ph_json_parse (parser, run, strlen (run), &root, NULL));
  ph_json_iter_init (&iter, root);

  while (ph_json_next (&iter, NULL, &value))
    {
      PhCanvasCommand command;

      g_string_truncate (text, 0);
      g_assert_cmpint (ph_canvas_command_read (value, PH_CANVAS_2D, &command, text), ==,
                       PH_CANVAS_KEPT);
      carry_out (painter, &command, text->str);
    }
}

static Painter *
paint_canvas (const PhCanvas *canvas)
{
  g_autoptr (GPtrArray) runs = ph_canvas_list_runs (canvas);
  Painter *painter = g_new0 (Painter, 1);

  carry_out_all (painter, "[[\"reset\"]]");

  for (guint i = 0; i < runs->len; i++)
    carry_out_all (painter, runs->pdata[i]);

  return painter;
}

static const char *
pick_command (void)
{
  static const char *const commands[] = {
    "[\"=fillStyle\",\"red\"]", "[\"=fillStyle\",\"#00f\"]", "[\"=fillStyle\",\"rgba(0,0,0,0.5)\"]",
    "[\"=fillStyle\",\"who knows\"]", "[\"=globalAlpha\",0.5]", "[\"=globalAlpha\",1]",
    "[\"=globalAlpha\",7]", "[\"save\"]", "[\"restore\"]", "[\"restore\"]", "[\"translate\",1,0]",
    "[\"scale\",2,2]", "[\"resetTransform\"]", "[\"setTransform\",2,0,0,2,-1,-1]",
    "[\"resetTransform\"]", "[\"beginPath\"]", "[\"beginPath\"]", "[\"rect\",1,1,2,2]",
    "[\"rect\",0,0,6,6]", "[\"fill\"]", "[\"clip\"]", "[\"fillRect\",0,0,6,6]",
    "[\"fillRect\",0,0,3,3]", "[\"fillRect\",2,2,1,1]", "[\"clearRect\",0,0,6,6]",
    "[\"clearRect\",-9,-9,30,30]", "[\"clearRect\",0,0,3,3]", "[\"clearRect\",1,1,2,2]",
    "[\"reset\"]"
  };
  /* New beginnings and clips would leave little of the rest. */
  guint n = G_N_ELEMENTS (commands) - (g_test_rand_int_range (0, 20) > 0);
  const char *command = commands[g_test_rand_int_range (0, (int) n)];

  return strcmp (command, "[\"clip\"]") == 0 && g_test_rand_int_range (0, 4) > 0 ? "[\"save\"]"
                                                                                 : command;
}

static void
assert_same_picture (const Painter *a,
                     const Painter *b)
{
  g_assert_cmpint (memcmp (a->pixels, b->pixels, sizeof a->pixels), ==, 0);
}

/*
 * What is left after something was dropped gives the picture that everything gives,
 * whatever is drawn afterwards; and a canvas that was stored in between has the same
 * commands in the end as one that was not.
 */
static void
test_any_commands (void)
{
  for (guint i = 0; i < 3000; i++)
    {
      PhCanvas *canvas = ph_canvas_new (SIZE, SIZE, FALSE);
      PhCanvas *stored = ph_canvas_new (SIZE, SIZE, FALSE);
      g_autofree Painter *all = g_new0 (Painter, 1);

      carry_out_all (all, "[[\"reset\"]]");

      for (guint event = 0; event < 12; event++)
        {
          g_autoptr (GString) run = g_string_new ("[");
          g_autofree char *data = NULL;
          g_autofree Painter *left = NULL;

          for (int n = g_test_rand_int_range (1, 8); n > 0 && all->n_states < N_STATES - 8; n--)
            g_string_append_printf (run, "%s%s", run->len > 1 ? "," : "", pick_command ());

          g_string_append_c (run, ']');
          data = g_strdup_printf ("{\"source\":9,\"id\":1,\"commands\":%s}", run->str);
          carry_out_all (all, run->str);
          canvas = draw (canvas, data, NULL);
          stored = draw (stored, data, NULL);
          left = paint_canvas (canvas);
          assert_same_picture (left, all);

          if (g_test_rand_int_range (0, 3) == 0)
            {
              PhCanvas *again = restore (stored);

              g_assert_nonnull (again);
              ph_canvas_unref (stored);
              stored = again;
            }
        }

      g_assert_true (ph_canvas_equal (canvas, stored));
      ph_canvas_unref (canvas);
      ph_canvas_unref (stored);
    }
}

/* Scripts that paint anew each time stay as short as one picture is. */
static void
test_repainting (void)
{
  static const char *const frames[] = {
    EVENT ("['clearRect',0,0,6,6],['beginPath'],['rect',1,1,2,2],['fill']"),
    EVENT ("['save'],['setTransform',2,0,0,2,0,0],['clearRect',0,0,3,3],['=fillStyle','red'],"
           "['beginPath'],['moveTo',1,1],['stroke'],['restore']"),
    EVENT ("['=fillStyle','#fff'],['fillRect',0,0,6,6],['=fillStyle','blue'],['fillRect',1,1,1,1]"),
    "{'source':9,'id':1,'commands':[['rotate',0.1],['clearRect',-1e4,-1e4,1e5,1e5],"
    "['resetTransform'],['clearRect',0,0,6,6]]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      PhCanvas *canvas = ph_canvas_new (SIZE, SIZE, FALSE);

      for (guint n = 0; n < 1000; n++)
        canvas = draw (canvas, frames[i], NULL);

      g_test_message ("script %u", i);
      g_assert_cmpuint (ph_canvas_n_commands (canvas), <=, 12);
      ph_canvas_unref (canvas);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/runs", test_runs);
  g_test_add_func ("/canvas/frames", test_frames);
  g_test_add_func ("/canvas/findings", test_findings);
  g_test_add_func ("/canvas/full", test_full);
  g_test_add_func ("/canvas/sharing", test_sharing);
  g_test_add_func ("/canvas/damaged", test_damaged);
  g_test_add_func ("/canvas/any-commands", test_any_commands);
  g_test_add_func ("/canvas/repainting", test_repainting);

  return g_test_run ();
}
