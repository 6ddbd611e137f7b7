/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-trace-maker.h"

#include "ph-test.h"

#include <string.h>

#define ACTIONS                                                                         \
  "{'type':'before','callId':'c1','startTime':1100,'class':'Frame','method':'click',"   \
  "'params':{'selector':'#b'}}\n"                                                       \
  "{'type':'input','callId':'c1','point':{'x':10,'y':20}}\n"                            \
  "{'type':'console','messageType':'error','text':'bad','time':1105,'pageId':'page@1'," \
  "'args':[],'location':{'url':'','lineNumber':0,'columnNumber':0}}\n"
#define AFTER \
  "{'type':'after','callId':'c1','endTime':1200,'error':{'name':'Error','message':'late'}}\n"
#define FIRST "['HTML',{},['HEAD'],['BODY',{},['BUTTON',{'id':'b'},'Go']]]"
#define AIMED \
  "['HTML',{},[[1,0]],['BODY',{},['BUTTON',{'id':'b','__playwright_target__':'c1'},[[1,1]]]]]"
#define SECOND "['HTML',{},[[2,0]],['BODY',{},[[2,2]],['P',{},'Done']]]"
#define NETWORK                                                                       \
  "{'type':'resource-snapshot','snapshot':{'pageref':'page@1','_monotonicTime':1010," \
  "'time':5,'request':{'method':'GET','url':'https://a.example/p.png'},'response':"   \
  "{'status':200,'content':{'mimeType':'image/png','_file':'resources/p.png'}}}}\n"

void
ph_trace_write_file (const char *folder,
                     const char *name,
                     const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GString) json = g_string_new (text);

  g_string_replace (json, "'", "\"", 0);
  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, json->str, (gssize) json->len, NULL));
}

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  GString *out = user_data;
  PhJsonValue data = ph_json_member (root, "data");
  const char *text = "";

  if (!ph_json_member_string (data, "tag", &text, NULL) &&
      !ph_json_member_string (data, "plugin", &text, NULL))
    ph_json_member_string (data, "url", &text, NULL);

  g_string_append_printf (out, "%d %s%s%s\n",
                          (int) (event->timestamp / 1000 - G_GINT64_CONSTANT (1700000000000)),
                          ph_event_kind (event), *text != '\0' ? " " : "", text);

  return TRUE;
}

void
ph_trace_read (PhTraceResult *result,
               const char *path)
{
  static const PhSink sink = { event_cb, NULL };
  g_autoptr (GFile) file = g_file_new_for_path (path);

  result->out = g_string_new (NULL);
  result->health = ph_health_new ();
  result->info = ph_archive_read (file, &sink, result->out, result->health, NULL, &result->error);
  g_assert_true ((result->info == NULL) == (result->error != NULL));
}

void
ph_trace_result_clear (PhTraceResult *result)
{
  g_string_free (result->out, TRUE);
  ph_health_free (result->health);
  ph_archive_info_free (result->info);
  g_clear_error (&result->error);
}

char *
ph_trace_make (int version)
{
  char *folder = ph_test_tmp_dir ();
  g_autofree char *context = g_strdup_printf (PH_TRACE_CONTEXT, version);
  g_autofree char *text =
    g_strconcat (context, PH_TRACE_SNAPSHOT ("c0", "after", 1050, FIRST), ACTIONS,
                 PH_TRACE_SNAPSHOT ("c1", "action", 1110, AIMED), AFTER,
                 PH_TRACE_SNAPSHOT ("c1", "after", 1190, SECOND), NULL);

  ph_trace_write_file (folder, "trace.trace", text);
  ph_trace_write_file (folder, "trace.network", NETWORK);
  ph_trace_write_file (folder, "resources/p.png", "picture");

  return folder;
}
