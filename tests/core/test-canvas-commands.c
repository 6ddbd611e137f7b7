/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-canvas-commands.h"
#include "ph-test-dom.h"

#include <string.h>

#define CALL(name, arguments) "{'property':'" name "','args':[" arguments "]}"
#define PUT(name, value) "{'property':'" name "','args':[" value "],'setter':true}"

#define SVG "{'rr_type':'HTMLImageElement','src':'data:image/svg+xml,%3Csvg/%3E'}"

static PhCanvasVerdict
read_command (const char *text,
              PhCanvasContext context,
              PhCanvasCommand *command,
              GString *out)
{
  g_autofree char *json = ph_test_json (text);
  g_autoptr (PhJson) parser = ph_json_new ();
  g_autoptr (GError) error = NULL;
  PhJsonValue root;

  ph_json_parse (parser, json, strlen (json), &root, &error);
  g_assert_no_error (error);

  return ph_canvas_command_read (root, context, command, out);
}

/* What is kept is written, and read again to the same; of the rest nothing is left. */
static void
test_commands (void)
{
  static const struct
  {
    PhCanvasContext context;
    const char *command;
    PhCanvasVerdict verdict;
    const char *written;
  } rows[] = {
    { 0, CALL ("fillRect", "0,0,10,10"), PH_CANVAS_KEPT, "['fillRect',0,0,10,10]" },
    /* More arguments do nothing, fewer are a fault, and so is a coordinate that is none. */
    { 0, CALL ("fillRect", "0,0,10,10,5,'x'"), PH_CANVAS_KEPT, "['fillRect',0,0,10,10]" },
    { 0, CALL ("fillRect", "0,0,10"), PH_CANVAS_REFUSED, "" },
    { 0, CALL ("fillRect", "0,null,10,10"), PH_CANVAS_SILENT, "" },
    { 0, CALL ("fillRect", "0,{},10,10"), PH_CANVAS_REFUSED, "" },
    { 0, CALL ("arc", "1,2,3,4,5"), PH_CANVAS_KEPT, "['arc',1,2,3,4,5]" },
    { 0, CALL ("arc", "1,2,3,4,5,1"), PH_CANVAS_KEPT, "['arc',1,2,3,4,5,true]" },
    { 0, CALL ("fill", ""), PH_CANVAS_KEPT, "['fill']" },
    { 0, CALL ("fill", "'evenodd'"), PH_CANVAS_KEPT, "['fill','evenodd']" },
    { 0, CALL ("fill", "{'rr_type':'Path2D','index':0}"), PH_CANVAS_REFUSED, "" },
    { 0, CALL ("fillText", "'a',1,2"), PH_CANVAS_KEPT, "['fillText','a',1,2]" },
    { 0, CALL ("fill", "null"), PH_CANVAS_KEPT, "['fill']" },
    { 0, CALL ("fillText", "5,1,2,3"), PH_CANVAS_KEPT, "['fillText',5,1,2,3]" },
    { 0, CALL ("fillText", "'a',1,2,null"), PH_CANVAS_KEPT, "['fillText','a',1,2]" },
    { 0, CALL ("stroke", "{'rr_type':'Path2D','index':0}"), PH_CANVAS_REFUSED, "" },
    { 0, CALL ("roundRect", "1,2,3,4,[5,6]"), PH_CANVAS_KEPT, "['roundRect',1,2,3,4,[5,6]]" },
    { 0, CALL ("setLineDash", "[1,2]"), PH_CANVAS_KEPT, "['setLineDash',[1,2]]" },
    { 0, CALL ("setLineDash", "['x']"), PH_CANVAS_REFUSED, "" },
    { 0, PUT ("fillStyle", "'red'"), PH_CANVAS_KEPT, "['=fillStyle','red']" },
    { 0, PUT ("lineWidth", "2"), PH_CANVAS_KEPT, "['=lineWidth',2]" },
    { 0, PUT ("fillStyle", "{'rr_type':'CanvasGradient','index':0}"), PH_CANVAS_REFUSED, "" },
    { 0, PUT ("filter", "'blur(2px)'"), PH_CANVAS_KEPT, "['=filter','blur(2px)']" },
    { 0, PUT ("filter", "'url(https://a.example/x#f)'"), PH_CANVAS_REFUSED, "" },
    { 0, PUT ("filter", "'URL(#f)'"), PH_CANVAS_REFUSED, "" },
    { 0, PUT ("canvas", "1"), PH_CANVAS_REFUSED, "" },
    { 0, PUT ("__proto__", "1"), PH_CANVAS_REFUSED, "" },
    { 0, PUT ("setLineDash", "1"), PH_CANVAS_REFUSED, "" },
    { 0, CALL ("constructor", "'alert(1)'"), PH_CANVAS_REFUSED, "" },
    { 0, CALL ("toString", ""), PH_CANVAS_REFUSED, "" },
    { 0, CALL ("measureText", "'a'"), PH_CANVAS_SILENT, "" },
    { 0, CALL ("drawImage", "{'rr_type':'HTMLImageElement','src':'https://a.example/x'},0,0"),
      PH_CANVAS_REFUSED, "" },
    { 0, CALL ("drawImage", "'https://a.example/x',0,0"), PH_CANVAS_REFUSED, "" },
    { 0, CALL ("drawImage", SVG ",0,0"),
      PH_CANVAS_KEPT,
      "['drawImage',{'rr_type':'ImageBitmap','base64':'PHN2Zy8+','type':'image/svg+xml'},0,0]" },
    { 0,
      CALL ("drawImage", SVG ",0,0,1"),
      PH_CANVAS_REFUSED, "" },
    { 0, "{'args':[]}", PH_CANVAS_REFUSED, "" },
    { 0, "{'property':'save'}", PH_CANVAS_KEPT, "['save']" },
    { 0, "5", PH_CANVAS_REFUSED, "" },
    { 0, "[]", PH_CANVAS_REFUSED, "" },
    { 0, "['=fillStyle']", PH_CANVAS_REFUSED, "" },
    { 0, CALL ("clear", "16384"), PH_CANVAS_REFUSED, "" },
    { 1, CALL ("clear", "16384"), PH_CANVAS_KEPT, "['clear',16384]" },
    { 1, CALL ("clearColor", "1,0,0.5,1"), PH_CANVAS_KEPT, "['clearColor',1,0,0.5,1]" },
    { 2, CALL ("bindBuffer", "34962,{'rr_type':'WebGLBuffer','index':0}"), PH_CANVAS_KEPT,
      "['bindBuffer',34962,{'rr_type':'WebGLBuffer','index':0}]" },
    { 1, CALL ("bindBuffer", "34962,null"), PH_CANVAS_KEPT, "['bindBuffer',34962,null]" },
    { 1, CALL ("getError", ""), PH_CANVAS_SILENT, "" },
    { 1, CALL ("readPixels", "0,0,1,1,6408,5121"), PH_CANVAS_SILENT, "" },
    { 1, CALL ("getExtension", "'OES_texture_float'"), PH_CANVAS_KEPT,
      "['getExtension','OES_texture_float']" },
    { 1, CALL ("getExtension", "'WEBGL_lose_context'"), PH_CANVAS_SILENT, "" },
    { 1, PUT ("drawingBufferColorSpace", "'srgb'"), PH_CANVAS_REFUSED, "" },
    { 1, CALL ("addEventListener", "'x'"), PH_CANVAS_REFUSED, "" },
    { 1, CALL ("fillRect", "0,0,1,1"), PH_CANVAS_REFUSED, "" },
    /* What would take more memory or time than anybody's drawing. */
    { 1, CALL ("bufferData", "34962,4e9,35044"), PH_CANVAS_REFUSED, "" },
    { 1, CALL ("texImage2D", "3553,0,6408,16384,16384,0,6408,5121,null"), PH_CANVAS_REFUSED, "" },
    { 2, CALL ("texStorage3D", "1,1,1,1e9,1e9,1e9"), PH_CANVAS_REFUSED, "" },
    { 1, CALL ("drawArrays", "4,0,1e9"), PH_CANVAS_REFUSED, "" },
    { 2, CALL ("drawArraysInstanced", "4,0,100000,100000"), PH_CANVAS_REFUSED, "" },
    { 1, CALL ("drawArrays", "4,0,3"), PH_CANVAS_KEPT, "['drawArrays',4,0,3]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) out = g_string_new ("before");
      g_autofree char *expected = ph_test_json (rows[i].written);
      PhCanvasCommand command;

      g_test_message ("%s", rows[i].command);
      g_assert_cmpint (read_command (rows[i].command, rows[i].context, &command, out), ==,
                       rows[i].verdict);
      g_assert_cmpstr (out->str + strlen ("before"), ==, expected);

      if (rows[i].verdict == PH_CANVAS_KEPT)
        {
          g_autoptr (GString) again = g_string_new (NULL);

          g_assert_cmpint (read_command (expected, rows[i].context, &command, again), ==,
                           PH_CANVAS_KEPT);
          g_assert_cmpstr (again->str, ==, expected);
        }
    }
}

static void
test_effects (void)
{
  static const struct
  {
    const char *command;
    PhCanvasEffect effect;
    guint n_numbers;
  } rows[] = {
    { CALL ("clearRect", "1,2,3,4"), PH_CANVAS_CLEARS_RECT, 4 },
    { CALL ("fillRect", "1,2,3,4"), PH_CANVAS_FILLS_RECT, 4 },
    { CALL ("strokeRect", "1,2,3,4"), PH_CANVAS_DRAWS, 4 },
    { CALL ("rotate", "1"), PH_CANVAS_TRANSFORMS, 1 },
    { CALL ("save", ""), PH_CANVAS_SAVES, 0 },
    { CALL ("restore", ""), PH_CANVAS_RESTORES, 0 },
    { CALL ("reset", ""), PH_CANVAS_RESETS, 0 },
    { CALL ("beginPath", ""), PH_CANVAS_BEGINS_PATH, 0 },
    { CALL ("lineTo", "1,2"), PH_CANVAS_ADDS_TO_PATH, 2 },
    { CALL ("stroke", ""), PH_CANVAS_USES_PATH, 0 },
    { CALL ("clip", ""), PH_CANVAS_CLIPS, 0 },
    { CALL ("setLineDash", "[]"), PH_CANVAS_SETS, 0 },
    { PUT ("globalAlpha", "1"), PH_CANVAS_SETS, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      PhCanvasCommand command;

      g_assert_cmpint (read_command (rows[i].command, PH_CANVAS_2D, &command, out), ==,
                       PH_CANVAS_KEPT);
      g_assert_cmpint (command.effect, ==, rows[i].effect);
      g_assert_cmpuint (command.n_numbers, ==, rows[i].n_numbers);
    }

  g_assert_cmpstr (ph_canvas_property_name (PH_CANVAS_FILL_STYLE), ==, "fillStyle");
  g_assert_cmpstr (ph_canvas_property_name (PH_CANVAS_FILTER), ==, "filter");
  g_assert_null (ph_canvas_property_name (PH_CANVAS_N_PROPERTIES));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas-commands/commands", test_commands);
  g_test_add_func ("/canvas-commands/effects", test_effects);

  return g_test_run ();
}
