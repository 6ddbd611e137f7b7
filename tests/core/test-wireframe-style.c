/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-wireframe-style.h"

#include <string.h>

static void
test_all (void)
{
  static const struct
  {
    const char *wireframe;
    const char *style;
  } cases[] = {
    { "{}", "position:fixed;left:0px;top:0px;box-sizing:border-box;" },
    { "{\"x\":1.5,\"y\":-2,\"width\":30,\"height\":40}",
      "width:30px;height:40px;position:fixed;left:1.5px;top:-2px;box-sizing:border-box;" },
    { "{\"width\":\"100vw\",\"style\":{\"color\":\"#fff\",\"backgroundColor\":\"rgb(1, 2, 3)\"}}",
      "background-color:rgb(1, 2, 3);color:#fff;width:100vw;position:fixed;left:0px;top:0px;"
      "box-sizing:border-box;" },
    { "{\"style\":{\"borderWidth\":1,\"borderRadius\":\"4px\",\"borderColor\":\"red\"}}",
      "border-width:1px;border-radius:4px;border-color:red;border-style:solid;position:fixed;left:"
      "0px;"
      "top:0px;box-sizing:border-box;" },
    { "{\"style\":{\"verticalAlign\":\"bottom\",\"horizontalAlign\":\"center\",\"fontSize\":\"14\","
      "\"fontFamily\":\"sans-serif\",\"paddingLeft\":32,\"paddingTop\":0}}",
      "position:fixed;left:0px;top:0px;align-items:flex-end;justify-content:center;display:flex;"
      "font-size:14px;font-family:sans-serif;padding-left:32px;box-sizing:border-box;" },
    { "{\"style\":{\"backgroundImage\":\"iVBOR\\nw0=\",\"backgroundSize\":\"cover\"}}",
      "background-image:url(data:image/png;base64,iVBORw0=);background-size:cover;"
      "background-repeat:no-repeat;position:fixed;left:0px;top:0px;box-sizing:border-box;" },
    /* What would end its declaration, or is none. */
    { "{\"style\":{\"color\":\"red;position:static\",\"backgroundColor\":\"a}b\","
      "\"fontSize\":\"12em\","
      "\"verticalAlign\":\"middle\",\"borderWidth\":{},\"fontFamily\":\"\","
      "\"backgroundImage\":\"a)b\"}}",
      "position:fixed;left:0px;top:0px;box-sizing:border-box;" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhJson) json = ph_json_new ();
      g_autoptr (GString) out = g_string_new (NULL);
      PhJsonValue root;

      g_test_message ("case %u", i);
      g_assert_true (ph_json_parse (json, cases[i].wireframe, strlen (cases[i].wireframe), &root,
                                    NULL));
      ph_wireframe_style_all (out, root, NULL);
      g_assert_cmpstr (out->str, ==, cases[i].style);
    }
}

static void
test_override (void)
{
  const PhWireframeOverride override = {
    .color = "black",
    .vertical_align = "center",
    .at_bottom = TRUE,
  };
  const char *text = "{\"x\":1,\"y\":2,\"style\":{\"color\":\"red\",\"verticalAlign\":\"top\"}}";
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  PhJsonValue root;

  g_assert_true (ph_json_parse (json, text, strlen (text), &root, NULL));
  ph_wireframe_style_all (out, root, &override);
  g_assert_cmpstr (out->str, ==,
                   "color:black;position:fixed;bottom:0;align-items:center;display:flex;"
                   "box-sizing:border-box;");
}

static void
test_picture (void)
{
  static const char *const cases[][2] = {
    { "iVBORw0=", "data:image/png;base64,iVBORw0=" },
    { "data:image/webp;base64,\r\nUkl+/", "data:image/webp;base64,Ukl+/" },
    { "https://host/x.png?a=b", NULL },
    { "data:text/html,<b>", NULL },
    { "\"", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new ("<");
      gboolean is_good = ph_wireframe_add_picture (out, cases[i][0], strlen (cases[i][0]));

      g_test_message ("case %u", i);
      g_assert_cmpint (is_good, ==, cases[i][1] != NULL);
      g_assert_cmpstr (out->str + 1, ==, is_good ? cases[i][1] : "");
    }
}

static void
test_light (void)
{
  static const struct
  {
    const char *color;
    gboolean is_light;
  } cases[] = {
    { NULL, TRUE },
    { "#fff", TRUE },
    { "#000", FALSE },
    { "#1d4aff", FALSE },
    { "#FFD000", TRUE },
    { "#00000080", FALSE },
    { "#zzz", TRUE },
    { "red", TRUE },
    { "black", FALSE },
    { "#12345", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ph_wireframe_is_light (cases[i].color), ==, cases[i].is_light);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wireframe-style/all", test_all);
  g_test_add_func ("/wireframe-style/override", test_override);
  g_test_add_func ("/wireframe-style/picture", test_picture);
  g_test_add_func ("/wireframe-style/light", test_light);

  return g_test_run ();
}
