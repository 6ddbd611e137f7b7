/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-doctype.h"
#include "ph-test-dom.h"

#define DOCTYPE(public_id, system_id) \
  "{'type':1,'name':'html','publicId':'" public_id "','systemId':'" system_id "','id':2}"
#define TRANSITIONAL "-//W3C//DTD XHTML 1.0 Transitional//EN"
#define FRAMESET "-//w3c//dtd xhtml 1.0 frameset//"
#define HTML_401 "-//W3C//DTD HTML 4.01 Transitional//EN"

static void
test_modes (void)
{
  static const struct
  {
    const char *members;
    const char *doctype;
    PhMode mode;
  } rows[] = {
    { "", "", PH_MODE_NONE },
    { "", DOCTYPE ("", ""), PH_MODE_NONE },
    { "'compatMode':'BackCompat',", "", PH_MODE_QUIRKS },
    { "'compatMode':'BackCompat',", DOCTYPE (HTML_401, ""), PH_MODE_QUIRKS },
    { "", DOCTYPE (TRANSITIONAL, ""), PH_MODE_LIMITED },
    { "", DOCTYPE (TRANSITIONAL, "http://www.w3.org/x.dtd"), PH_MODE_LIMITED },
    { "", DOCTYPE (FRAMESET, ""), PH_MODE_LIMITED },
    { "", DOCTYPE (HTML_401, "http://www.w3.org/TR/html4/loose.dtd"), PH_MODE_LIMITED },
    { "", DOCTYPE (HTML_401, ""), PH_MODE_NONE },
    { "", DOCTYPE ("-//W3C//DTD XHTML 1.0 Strict//EN", "http://x"), PH_MODE_NONE },
    { "", DOCTYPE ("", TRANSITIONAL), PH_MODE_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhNames) names = ph_names_new ();
      g_autoptr (PhDom) dom = ph_dom_new (names);
      g_autofree char *events = g_strdup_printf (
        "[{'type':2,'timestamp':1,'data':{'node':{'type':0,'id':1,%s'childNodes':[%s]}}}]",
        rows[i].members, rows[i].doctype);

      g_test_message ("row %u", i);
      ph_test_apply (dom, NULL, events);
      g_assert_cmpint (ph_doctype_get_mode (dom, ph_dom_get_root (dom)), ==, rows[i].mode);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doctype/modes", test_modes);

  return g_test_run ();
}
