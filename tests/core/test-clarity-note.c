/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "clarity-feed.h"

static void
test_notes (void)
{
  static const ClarityCase cases[] = {
    { "[5,31,\"no water\",3,7,\"Error: no water\\n  at f (a.js:3:7)\\n  at g\",\"a.js\"]",
      "{\"plugin\":\"rrweb/console@1\",\"payload\":{\"level\":\"error\",\"trace\":["
      "\"at f (a.js:3:7)\",\"at g\"],\"payload\":[\"\\\"no water\\\"\"]}}" },
    { "[5,31,\"no \\\"water\\\"\",3,7,\"\",\"a.js\"]",
      "\"trace\":[\"a.js:3:7\"],\"payload\":[\"\\\"no \\\\\\\"water\\\\\\\"\\\"\"]" },
    { "[5,31]", "\"level\":\"error\",\"trace\":[],\"payload\":[\"\\\"\\\"\"]" },
    { "[5,32,\"http://a/x.png\",6]", "[\"\\\"Image not loaded: http://a/x.png\\\"\"]" },
    { "[5,33,1,\"SecurityError\",\"no rules\",\"\",1]",
      "\"level\":\"warn\",\"trace\":[],\"payload\":["
      "\"\\\"Clarity: CssRules SecurityError no rules" },
    { "[5,33,99,\"x\",null,null,0]", "\"level\":\"info\"" },
    { "[5,28,0]", "{\"tag\":\"visibility\",\"payload\":{\"state\":\"hidden\"}}" },
    { "[5,28,1]", "{\"tag\":\"visibility\",\"payload\":{\"state\":\"visible\"}}" },
    { "[5,28,\"visible\"]", "{\"tag\":\"visibility\",\"payload\":{\"state\":\"visible\"}}" },
    { "[5,28,\"hidden\"]", "{\"tag\":\"visibility\",\"payload\":{\"state\":\"hidden\"}}" },
    { "[5,50,0]", "{\"tag\":\"focus\",\"payload\":{\"state\":\"blurred\"}}" },
    { "[5,26,\"pagehide\",0]",
      "{\"tag\":\"unload\",\"payload\":{\"event\":\"pagehide\",\"persisted\":0}}" },
    { "[5,38,6,1]", "{\"tag\":\"clipboard\",\"payload\":{\"action\":\"copy\"}}" },
    { "[5,38,6,9]", "{\"tag\":\"clipboard\",\"payload\":{\"action\":\"unknown\"}}" },
    { "[5,39,6]", "{\"tag\":\"submit\",\"payload\":{\"target\":6}}" },
    { "[5,24,\"plan\",\"yearly\"]", "{\"tag\":\"plan\",\"payload\":{\"value\":\"yearly\"}}" },
    { "[5,24,\"alone\"]", "{\"tag\":\"alone\",\"payload\":{}}" },
    { "[5,3,\"key\"]", "{\"tag\":\"upgrade\",\"payload\":{\"key\":\"key\"}}" },
    { "[5,35,1]", "{\"tag\":\"limit\",\"payload\":{\"check\":\"payloads\"}}" },
    { "[5,44,\"a\",0,\"[]\",\"{}\",null,6]",
      "{\"tag\":\"animation\",\"payload\":{\"animation\":\"a\",\"operation\":0,"
      "\"keyframes\":\"[]\",\"timing\":\"{}\",\"target\":6}}" },
    { "[5,29,1,2,3,4,5,9,20,30,31,32,0,700,\"navigate\",\"h2\",400,600]",
      "{\"name\":\"http://a.example/\",\"entryType\":\"navigation\",\"initiatorType\":"
      "\"navigation\",\"timestamp\":1000000,\"duration\":8,\"startTime\":1," },
    { "[5,104,1,2]", "{\"tag\":\"clarity 104\",\"payload\":{\"tokens\":[5,104,1,2]}}" },
    /* what says how the recorder is doing, or says again what other events say */
    { "[5,22,9,\"a.b\",1,2,1,0],[5,25,3],[5,36,6,[1,2]],[5,4,1,2],[5,7,1,2,3],[5,8,1,2]", NULL },
  };

  clarity_check (cases, G_N_ELEMENTS (cases));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clarity-note/notes", test_notes);

  return g_test_run ();
}
