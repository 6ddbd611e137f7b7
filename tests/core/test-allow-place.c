/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-allow-place.h"
#include "ph-test-dom.h"

#include <string.h>

#define EL(tag, attributes, inside) \
  "{'type':2,'tagName':'" tag "','attributes':{" attributes "},'id':10,'childNodes':[" inside "]}"
#define SIZE(width, height) "'class':'c','rr_width':'" width "','rr_height':'" height "'"
#define TEXT(text) "{'type':3,'textContent':'" text "','id':11}"
#define CHILD(tag) "{'type':2,'tagName':'" tag "','attributes':{},'id':11,'childNodes':[]}"
#define PAGE "{'type':0,'id':12,'childNodes':[]}"

/* Which mark an element gets, and what its style and its name are then. */
static void
test_marks (void)
{
  static const struct
  {
    const char *element;
    const char *name;
    const char *mark;  /* or NULL */
    const char *style; /* a part of it */
  } rows[] = {
    { EL ("div", SIZE ("30px", "40.5px"), ""), "div", "ph-hidden",
      "width: 30px !important; height: 40.5px !important;" },
    { EL ("div", SIZE ("30px", "40px"), ""), "div", "ph-hidden", "box-sizing: border-box" },
    { EL ("div", SIZE ("0px", "40px"), ""), "div", "ph-hidden", "width: 0px !important" },
    { EL ("div", SIZE ("0px", "0.0px"), ""), "div", "ph-hidden", "display: none !important;" },
    { EL ("div", SIZE ("30px; color: red", "4px"), ""), "div", NULL, NULL },
    { EL ("div", SIZE ("-3px", "4px"), ""), "div", NULL, NULL },
    { EL ("div", SIZE ("3em", "4px"), ""), "div", NULL, NULL },
    { EL ("div", "'rr_width':'30px'", ""), "div", NULL, NULL },
    { EL ("img", SIZE ("30px", "40px"), ""), "img", "ph-hidden", "width: 30px" },
    { EL ("iframe", SIZE ("30px", "40px"), ""), "iframe", "ph-hidden", "width: 30px" },
    { EL ("video", SIZE ("30px", "40px"), ""), "ph-place", "ph-hidden", "width: 30px" },
    { EL ("canvas", SIZE ("30px", "40px"), ""), "ph-place", "ph-hidden", "width: 30px" },
    { EL ("video", "", ""), "video", NULL, NULL },
    /* Pictures: what is not kept, in the shape that was given to it. */
    { EL ("img", "'src':'http://a.example/a'", ""), "img", "ph-missing", "%22%20height%3D%2216" },
    { EL ("img", "'src':'http://a.example/a.png','width':'300','height':'200'", ""), "img",
      "ph-missing", "width%3D%22300%22%20height%3D%22200%22" },
    { EL ("img", "'src':'http://a.example/a.png','width':'50%','height':'200'", ""), "img",
      "ph-missing", "%22%20height%3D%2216" },
    { EL ("img", "'srcset':'http://a.example/a.png 2x','style':'top: 1px'", ""), "img",
      "ph-missing", "top: 1px; --ph-label: url(" },
    { EL ("img", "'src':'blob:x','alt':'A < B'", ""), "img", "ph-missing", "A%20%26lt%3B%20B" },
    { EL ("img", "'src':'data:image/gif;base64,R0lGODlhAQABAAAAACw='", ""), "img", NULL, NULL },
    { EL ("img", "'src':'http://a.example/','rr_dataURL':'data:image/png;base64,AA=='", ""), "img",
      NULL, NULL },
    { EL ("img", "", ""), "img", NULL, NULL },
    { EL ("img", "'src':''", ""), "img", NULL, NULL },
    /* Frames that were not recorded name their host, and nothing else of the address. */
    { EL ("iframe", "'rr_src':'https://me:secret@ads.example:8443/p?q#f'", ""), "iframe",
      "ph-elsewhere", "%3Eads.example%3A8443%3C" },
    { EL ("iframe", "'src':'//ads.example/'", ""), "iframe", "ph-elsewhere", "%3Eads.example%3C" },
    { EL ("iframe", "'rr_src':'https://<b>x</b>/'", ""), "iframe", "ph-elsewhere",
      "%26lt%3Bb%26gt%3Bx%26lt%3B" },
    { EL ("iframe", "'rr_src':'https://ads.example/'", PAGE), "iframe", NULL, NULL },
    { EL ("iframe", "'src':'about:blank'", ""), "iframe", NULL, NULL },
    { EL ("iframe", "'src':'/path//x'", ""), "iframe", NULL, NULL },
    { EL ("iframe", "", ""), "iframe", NULL, NULL },
    /* Plugins never run; what is in them is shown then. */
    { EL ("object", "'width':'30','height':'50%'", ""), "ph-place", "ph-elsewhere",
      "width: 30px; height: 50%;" },
    { EL ("embed", "'style':'width: 9px'", ""), "ph-place", "ph-elsewhere",
      "width: 300px; height: 150px; width: 9px" },
    { EL ("applet", "'width':'9999999999'", ""), "ph-place", "ph-elsewhere", "width: 300px" },
    { EL ("object", "", TEXT ("instead")), "ph-place", NULL, NULL },
    { EL ("object", "", CHILD ("p")), "ph-place", NULL, NULL },
    { EL ("object", "", CHILD ("param")), "ph-place", "ph-elsewhere", "width" },
    { EL ("object", "", TEXT ("  ")), "ph-place", "ph-elsewhere", "width" },
  };
  static const char *const marks[] = { "ph-hidden", "ph-missing", "ph-elsewhere" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = ph_test_json (rows[i].element);
      g_autoptr (PhDom) dom = ph_test_page (body);
      PhSlot slot = ph_dom_find (dom, 10);
      g_autoptr (GArray) attributes = ph_allow_attributes (dom, slot);

      g_test_message ("row %u", i);
      g_assert_cmpstr (ph_allow_element (dom, slot).name, ==, rows[i].name);

      for (guint k = 0; k < G_N_ELEMENTS (marks); k++)
        g_assert_cmpint (ph_allow_find (attributes, marks[k]) != NULL, ==,
                         g_strcmp0 (marks[k], rows[i].mark) == 0);

      if (rows[i].style != NULL)
        g_assert_nonnull (strstr (ph_allow_find (attributes, "style")->value, rows[i].style));
    }
}

/* Labels are cut between characters, whatever their bytes are. */
static void
test_labels (void)
{
  g_autoptr (GString) alt = g_string_new (NULL);
  g_autofree char *body = NULL;
  g_autoptr (PhDom) dom = NULL;
  g_autoptr (GArray) attributes = NULL;
  const char *style;

  for (guint i = 0; i < 500; i++)
    g_string_append (alt, "é");

  body = g_strdup_printf ("{\"type\":2,\"tagName\":\"img\",\"attributes\":{\"src\":\"x\","
                          "\"alt\":\"%s\"},\"id\":10,\"childNodes\":[]}",
                          alt->str);
  dom = ph_test_page (body);
  attributes = ph_allow_attributes (dom, ph_dom_find (dom, 10));
  style = ph_allow_find (attributes, "style")->value;
  g_assert_cmpuint (strlen (style), <, 1000);
  g_assert_nonnull (strstr (style, "%C3%A9%3C%2Ftext"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/allow-place/marks", test_marks);
  g_test_add_func ("/allow-place/labels", test_labels);

  return g_test_run ();
}
