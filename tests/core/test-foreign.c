/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-foreign.h"

#include <string.h>

#define TEXT(text) text, sizeof text - 1

static void
test_explain (void)
{
  static const struct
  {
    const char *head;
    gsize size;
    const char *part; /* of the sentence; NULL: nothing is known */
  } cases[] = {
    { TEXT (""), NULL },
    { TEXT ("hello"), NULL },
    { TEXT ("{\"a\":1}"), NULL },
    { TEXT ("[{\"type\":4,\"data\":{},\"timestamp\":1}]"), NULL },
    { TEXT ("one line, without another"), NULL },
    { TEXT ("Dear diary,\nnothing was recorded, again, today.\n"), NULL },
    { TEXT ("Dear diary,\nnothing was recorded, again.\n"), NULL },
    { TEXT ("\xff\xfe{\0"), "UTF-16" },
    { TEXT ("\xfe\xff\0{"), "UTF-16" },
    { TEXT ("[\0{\0"), "UTF-16" },
    { TEXT ("\0[\0{"), "UTF-16" },
    { TEXT ("\0\0\0\x20"
            "ftypisom"),
      "video" },
    { TEXT ("\x1a\x45\xdf\xa3"), "video" },
    { TEXT ("RIFF\1\2\3\4"
            "AVI LIST"),
      "video" },
    { TEXT ("\x89PNG\r\n"), "picture" },
    { TEXT ("\xff\xd8\xff\xe0"), "picture" },
    { TEXT ("GIF89a"), "picture" },
    { TEXT ("RIFF\1\2\3\4WEBPVP8 "), "picture" },
    { TEXT ("%PDF-1.7"), "PDF" },
    { TEXT ("\xd0\xcf\x11\xe0\xa1"), "office" },
    { TEXT ("Rar!\x1a"), "Unpack it" },
    { TEXT ("7z\xbc\xaf\x27"), "Unpack it" },
    { TEXT ("BZh9"), "Unpack it" },
    { TEXT ("\xfd"
            "7zXZ\0"),
      "Unpack it" },
    { TEXT ("SQLite format 3\0"), "database" },
    { TEXT ("<!DOCTYPE html>\n<html>"), "web page" },
    { TEXT ("\xef\xbb\xbf \n<HTML lang=en>"), "web page" },
    { TEXT ("<?xml version=\"1.0\"?>"), "XML" },
    { TEXT ("time,name,page\n1,click,/\n"), "table" },
    { TEXT ("time;name;page\r\n1;click;/\r\n"), "table" },
    { TEXT ("time\tname\n1\tclick\n"), "table" },
    { TEXT ("time,name,page\n1\n"), NULL },
    { TEXT ("time,name,page"), NULL },
    { TEXT ("[{\"EventStart\":\"2024\",\"EventType\":\"click\",\"IndvId\":1}]"), "FullStory" },
    { TEXT ("EventStart,EventType,IndvId\n1,2,3\n"), "FullStory" },
    { TEXT ("Number,Recording URL\n1,https://insights.hotjar.com/r/1\n"), "Hotjar" },
    { TEXT ("{\"sessionUrl\":\"https://app.logrocket.com/a/b/s/1\"}"), "LogRocket" },
    { TEXT ("recordingId,url\n1,https://app.mouseflow.com/Recording/1\n"), "Mouseflow" },
    { TEXT ("[{\"idSite\":\"1\",\"idVisit\":\"2\",\"actionDetails\":[]}]"), "Matomo" },
    { TEXT ("{\"version\":8,\"type\":\"context-options\",\"wallTime\":1}\n"), "trace.zip" },
    { TEXT ("{\"type\":\"resource-snapshot\",\"snapshot\":{\"startedDateTime\":\"\"}}\n"),
      "trace.zip" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* Exact, so that reading behind it is seen. */
      gsize size = cases[i].size;
      g_autofree char *head = g_memdup2 (size > 0 ? cases[i].head : "?", MAX (size, 1));
      const char *message = ph_foreign_explain (head, size);

      g_test_message ("case %u", i);

      if (cases[i].part == NULL)
        g_assert_null (message);
      else
        g_assert_nonnull (strstr (message, cases[i].part));
    }
}

/* Cut anywhere, it is known or not, and nothing behind it is read. */
static void
test_cut (void)
{
  static const char text[] = "\xef\xbb\xbf  <!doctype html>, <?xml \n a,b\nEventStart IndvId";

  for (gsize size = 1; size < sizeof text; size++)
    {
      g_autofree char *head = g_memdup2 (text, size);

      ph_foreign_explain (head, size);
    }
}

static void
test_members (void)
{
  g_assert_nonnull (strstr (ph_foreign_explain_member ("[Content_Types].xml"), "office"));
  g_assert_nonnull (ph_foreign_explain_member ("META-INF/manifest.xml"));
  g_assert_null (ph_foreign_explain_member ("a.json"));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/foreign/explain", test_explain);
  g_test_add_func ("/foreign/cut", test_cut);
  g_test_add_func ("/foreign/members", test_members);

  return g_test_run ();
}
