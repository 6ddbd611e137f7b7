/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-canvas-cover.h"
#include "ph-test-dom.h"

#include <string.h>

/* Adds commands in the form of ph-canvas-commands.h; what the last of them covers. */
static PhCover
add_commands (PhCanvasCover *cover,
              const char *commands)
{
  g_autofree char *list = g_strdup_printf ("[%s]", commands);
  g_autofree char *json = ph_test_json (list);
  g_autoptr (PhJson) parser = ph_json_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  PhCover last = PH_COVER_NOTHING;
  PhJsonValue root;
  PhJsonValue value;
  PhJsonIter iter;

  ph_json_parse (parser, json, strlen (json), &root, &error);
  g_assert_no_error (error);
  ph_json_iter_init (&iter, root);

  while (ph_json_next (&iter, NULL, &value))
    {
      PhCanvasCommand command;

      g_string_truncate (text, 0);
      g_assert_cmpint (ph_canvas_command_read (value, PH_CANVAS_2D, &command, text), ==,
                       PH_CANVAS_KEPT);
      last = ph_canvas_cover_add (cover, &command, text->str);
    }

  return last;
}

#define CLEAR "['clearRect',0,0,100,50]"
#define FILL "['fillRect',0,0,100,50]"
#define RED "['=fillStyle','red'],"

/* Of a bitmap of 100 × 50: when is everything painted over, and what is left then? */
static void
test_conditions (void)
{
  static const struct
  {
    const char *commands;
    PhCover cover;
    const char *state;
  } rows[] = {
    { CLEAR, PH_COVER_NOW, "" },
    { "['clearRect',-5,-5,200,200]", PH_COVER_NOW, "" },
    { "['clearRect',100,50,-100,-50]", PH_COVER_NOW, "" },
    { "['clearRect',1,0,100,50]", PH_COVER_NOTHING, NULL },
    { "['clearRect',0,0,99,50]", PH_COVER_NOTHING, NULL },
    { "['clearRect',0,0,100,49.5]", PH_COVER_NOTHING, NULL },
    /* Solid colours only, and nothing that lets shine through. */
    { FILL, PH_COVER_NOW, "" },
    { RED FILL, PH_COVER_NOW, "['=fillStyle','red']" },
    { "['=fillStyle','#ff000080']," FILL, PH_COVER_NOTHING, NULL },
    { "['=fillStyle','who knows']," FILL, PH_COVER_NOTHING, NULL },
    { RED "['=fillStyle','who knows']," FILL, PH_COVER_NOTHING, NULL },
    { "['=globalAlpha',0.5]," FILL, PH_COVER_NOTHING, NULL },
    { "['=globalAlpha',0.5],['=globalAlpha',1]," FILL, PH_COVER_NOW, "['=globalAlpha',1]" },
    { "['=globalCompositeOperation','lighter']," FILL, PH_COVER_NOTHING, NULL },
    { "['=filter','opacity(0.5)']," FILL, PH_COVER_NOTHING, NULL },
    { "['=globalAlpha',0.5]," CLEAR, PH_COVER_NOW, "['=globalAlpha',0.5]" },
    /* Transformations. */
    { "['scale',2,2],['clearRect',0,0,50,25]", PH_COVER_NOW, "['setTransform',2,0,0,2,0,0]" },
    { "['scale',0.5,0.5]," CLEAR, PH_COVER_NOTHING, NULL },
    { "['translate',10,0]," CLEAR, PH_COVER_NOTHING, NULL },
    { "['translate',10,0],['clearRect',-10,0,100,50]", PH_COVER_NOW,
      "['setTransform',1,0,0,1,10,0]" },
    { "['rotate',1]," CLEAR, PH_COVER_NOTHING, NULL },
    { "['rotate',1],['resetTransform']," CLEAR, PH_COVER_NOW, "" },
    { "['setTransform',-1,0,0,1,0,0]," CLEAR, PH_COVER_NOTHING, NULL },
    { "['transform',1,0,0,1,5,5],['setTransform',1,0,0,1,0,0]," CLEAR, PH_COVER_NOW, "" },
    /* States put aside. */
    { RED "['save'],['=fillStyle','blue'],['restore']," CLEAR, PH_COVER_NOW,
      "['=fillStyle','red']" },
    { RED "['save'],['=fillStyle','blue']," CLEAR, PH_COVER_NOW,
      "['=fillStyle','red'],['save'],['=fillStyle','blue']" },
    { "['save'],['scale',2,2],['save']," CLEAR, PH_COVER_NOW,
      "['save'],['setTransform',2,0,0,2,0,0],['save']" },
    { "['restore'],['restore']," CLEAR, PH_COVER_NOW, "" },
    { "['=lineWidth',1],['=lineWidth',2]," CLEAR, PH_COVER_NOW, "['=lineWidth',2]" },
    { "['=font','12px serif'],['=font','x']," CLEAR, PH_COVER_NOW,
      "['=font','12px serif'],['=font','x']" },
    { "['=font','x'],['=font','y'],['=font','x']," CLEAR, PH_COVER_NOW,
      "['=font','y'],['=font','x']" },
    { "['setLineDash',[1,2]]," CLEAR, PH_COVER_NOW, "['setLineDash',[1,2]]" },
    /* Clips. */
    { "['rect',0,0,5,5],['clip'],['beginPath']," CLEAR, PH_COVER_NOTHING, NULL },
    { "['save'],['rect',0,0,5,5],['clip'],['restore'],['beginPath']," CLEAR, PH_COVER_NOW, "" },
    /* Paths that may be needed. */
    { "['rect',0,0,5,5]," CLEAR, PH_COVER_PERHAPS, "" },
    { "['rect',0,0,5,5]," CLEAR ",['beginPath']", PH_COVER_SO, "" },
    { "['rect',0,0,5,5]," CLEAR "," RED FILL ",['beginPath']", PH_COVER_SO,
      "['=fillStyle','red']" },
    { "['rect',0,0,5,5]," CLEAR ",['fill'],['beginPath']", PH_COVER_NOTHING, NULL },
    { "['rect',0,0,5,5]," CLEAR ",['lineTo',1,1],['beginPath']", PH_COVER_NOTHING, NULL },
    { "['rect',0,0,5,5]," CLEAR ",['clip'],['beginPath']", PH_COVER_NOTHING, NULL },
    /* The rest. */
    { RED "['save'],['scale',2,2],['rect',0,0,1,1],['clip'],['reset']", PH_COVER_NOW, "" },
    { "['putImageData',{'rr_type':'ImageData','base64':'AAAAAA==','width':1,'height':1},0,0]",
      PH_COVER_NOTHING, NULL },
    { "['strokeRect',0,0,100,50]", PH_COVER_NOTHING, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhCanvasCover) cover = ph_canvas_cover_new (100, 50);
      g_autofree char *state = NULL;
      guint n;

      g_test_message ("%s", rows[i].commands);
      g_assert_cmpint (add_commands (cover, rows[i].commands), ==, rows[i].cover);

      if (rows[i].state != NULL)
        {
          g_autofree char *expected = ph_test_json (rows[i].state);

          state = ph_canvas_cover_write (cover, &n);
          g_assert_cmpstr (state, ==, expected);
        }
    }
}

/* Image data goes past everything: a picture of the size of the bitmap is one. */
static void
test_image_data (void)
{
  g_autoptr (PhCanvasCover) cover = ph_canvas_cover_new (1, 1);

  g_assert_cmpint (add_commands (cover, "['=globalAlpha',0.5],['translate',5,5],['putImageData',"
                                        "{'rr_type':'ImageData','base64':'AAAAAA==','width':1,"
                                        "'height':1},0,0]"),
                   ==, PH_COVER_NOW);
  g_assert_cmpint (add_commands (cover, "['putImageData',{'rr_type':'ImageData','base64':"
                                        "'AAAAAA==','width':1,'height':1},1,0]"),
                   ==, PH_COVER_NOTHING);
  g_assert_cmpint (add_commands (cover, "['putImageData',{'rr_type':'ImageData','base64':"
                                        "'AAAAAA==','width':1,'height':1},0,0,0,0,1,0]"),
                   ==, PH_COVER_NOTHING);
}

/* Too many states put aside, or a transformation beyond all numbers: then nothing is certain. */
static void
test_lost (void)
{
  g_autoptr (PhCanvasCover) cover = ph_canvas_cover_new (100, 50);
  g_autoptr (PhCanvasCover) copy = NULL;

  for (guint i = 0; i < 100; i++)
    add_commands (cover, "['save']");

  g_assert_cmpint (add_commands (cover, CLEAR), ==, PH_COVER_NOTHING);
  copy = ph_canvas_cover_copy (cover);
  g_assert_cmpint (add_commands (copy, CLEAR), ==, PH_COVER_NOTHING);
  g_assert_cmpint (add_commands (copy, "['reset']," CLEAR), ==, PH_COVER_NOW);
  g_assert_cmpint (add_commands (cover, CLEAR), ==, PH_COVER_NOTHING);
  g_assert_cmpint (add_commands (cover, "['reset'],['scale',1e300,1],['scale',1e300,1],"
                                        "['resetTransform']," CLEAR),
                   ==, PH_COVER_NOTHING);
}

/* A copy goes its own way, and one that read what another wrote is like it. */
static void
test_written (void)
{
  g_autoptr (PhCanvasCover) cover = ph_canvas_cover_new (100, 50);
  g_autoptr (PhCanvasCover) copy = NULL;
  g_autoptr (PhCanvasCover) other = ph_canvas_cover_new (100, 50);
  g_autofree char *state = NULL;
  g_autofree char *again = NULL;
  guint n;

  add_commands (cover, RED "['=font','?'],['translate',0.1,0],['save'],['=font','12px serif'],"
                           "['=lineWidth',3],['save'],['resetTransform']," CLEAR);
  copy = ph_canvas_cover_copy (cover);
  add_commands (copy, "['reset']");
  state = ph_canvas_cover_write (cover, &n);
  g_assert_cmpuint (n, ==, 8);
  add_commands (other, state);
  g_assert_cmpint (add_commands (other, CLEAR), ==, PH_COVER_NOW);
  again = ph_canvas_cover_write (other, &n);
  g_assert_cmpstr (again, ==, state);
  g_assert_cmpuint (n, ==, 8);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas-cover/conditions", test_conditions);
  g_test_add_func ("/canvas-cover/image-data", test_image_data);
  g_test_add_func ("/canvas-cover/lost", test_lost);
  g_test_add_func ("/canvas-cover/written", test_written);

  return g_test_run ();
}
