/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-archive.h"

G_BEGIN_DECLS

/* Traces of Playwright for tests, as folders; in JSON, single quotes stand for double ones. */

/* A trace as Playwright writes one: a library's part, its network, a picture. */
#define PH_TRACE_CONTEXT                                                                \
  "{'version':%d,'type':'context-options','origin':'library','browserName':'chromium'," \
  "'playwrightVersion':'1.65.1','options':{'viewport':{'width':640,'height':480}},"     \
  "'platform':'linux','wallTime':1700000000000,'monotonicTime':1000,'title':'my test'}\n"
#define PH_TRACE_SNAPSHOT(call, phase, time, html)                                       \
  "{'type':'frame-snapshot','snapshot':{'callId':'" call "','phase':'" phase             \
  "','pageId':'page@1','frameId':'frame@1','frameUrl':'https://a.example/','html':" html \
  ",'doctype':'html','viewport':{'width':640,'height':480},'timestamp':" #time           \
  ",'resourceOverrides':[],'isMainFrame':true}}\n"
#define PH_TRACE_PICTURE(time, name)                           \
  "{'type':'screencast-frame','pageId':'page@1','file':'" name \
  "','width':640,'height':480,'timestamp':" #time "}\n"

/* What is read of one: `50 meta` for each event, its time from the trace's start. */
typedef struct
{
  GString *out;
  PhHealth *health;
  PhArchiveInfo *info; /* or NULL, and an error */
  GError *error;
} PhTraceResult;

/* A trace of this version with a page that a click changes. The folder is the test's to remove. */
char *ph_trace_make (int version);
void ph_trace_write_file (const char *folder,
                          const char *name,
                          const char *text);
void ph_trace_read (PhTraceResult *result,
                    const char *path);
void ph_trace_result_clear (PhTraceResult *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhTraceResult, ph_trace_result_clear)

G_END_DECLS
