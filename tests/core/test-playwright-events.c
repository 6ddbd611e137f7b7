/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-playwright-events.h"

#include <string.h>

typedef enum
{
  ACTION,
  CONSOLE,
  ERROR,
  PRINTED,
  REQUEST,
} Kind;

static const struct
{
  Kind kind;
  const char *line;
  const char *event; /* NULL: none */
} cases[] = {
  { ACTION, "{'callId':'c','class':'Frame','method':'click','params':{'selector':'#a'}}",
    "{'type':5,'data':{'tag':'playwright','payload':{'title':'click #a','class':'Frame',"
    "'method':'click','callId':'c','params':{'selector':'#a'}}},'timestamp':1.5}" },
  { ACTION, "{'title':'Before Hooks','method':'step'}",
    "{'type':5,'data':{'tag':'playwright','payload':{'title':'Before Hooks','method':'step',"
    "'params':null}},'timestamp':1.5}" },
  { ACTION, "{'params':{}}", NULL },
  { CONSOLE, "{'messageType':'warning','text':'x','location':{'url':'u','lineNumber':3}}",
    "{'type':6,'data':{'plugin':'rrweb/console@1','payload':{'level':'warn','trace':['u:3:0'],"
    "'payload':['\\'x\\'']}},'timestamp':1.5}" },
  { CONSOLE, "{'messageType':'log'}", NULL },
  { ERROR, "{'error':{'name':'Error','message':'boom','stack':'boom\\n    at f (a.js:1:2)'}}",
    "{'type':6,'data':{'plugin':'rrweb/console@1','payload':{'level':'error',"
    "'trace':['f (a.js:1:2)'],'payload':['\\'Error: boom\\'']}},'timestamp':1.5}" },
  { ERROR, "{'value':[1]}",
    "{'type':6,'data':{'plugin':'rrweb/console@1','payload':{'level':'error','trace':[],"
    "'payload':['\\'[1]\\'']}},'timestamp':1.5}" },
  { ERROR, "{}", NULL },
  { PRINTED, "{'type':'stderr','base64':'aGk='}",
    "{'type':6,'data':{'plugin':'rrweb/console@1','payload':{'level':'warn','trace':[],"
    "'payload':['\\'hi\\'']}},'timestamp':1.5}" },
  { PRINTED, "{'type':'stdout'}", NULL },
  { REQUEST,
    "{'time':7,'request':{'url':'u','method':'POST'},'response':{'status':404},"
    "'_resourceType':'fetch'}",
    "{'type':6,'data':{'plugin':'rrweb/network@1','payload':{'requests':[{'name':'u',"
    "'method':'POST','initiatorType':'fetch','status':404,'duration':7,'timestamp':1.5}]}},"
    "'timestamp':1.5}" },
  { REQUEST, "{'request':{}}", NULL },
};

static char *
make (Kind kind,
      PhJsonValue line)
{
  switch (kind)
    {
    case ACTION:
      return ph_playwright_action (line, 1.5);
    case CONSOLE:
      return ph_playwright_console (line, 1.5);
    case ERROR:
      return ph_playwright_error (line, NULL, 1.5);
    case PRINTED:
      return ph_playwright_printed (line, 1.5);
    case REQUEST:
      return ph_playwright_request (line, 1.5);
    }

  return NULL;
}

static void
test_lines (void)
{
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) line = g_string_new (cases[i].line);
      g_autoptr (GString) event = g_string_new (NULL);
      g_autofree char *text = NULL;
      PhJsonValue root;

      g_string_replace (line, "'", "\"", 0);
      g_assert_true (ph_json_parse (json, line->str, line->len, &root, NULL));
      text = make (cases[i].kind, root);
      g_assert_true ((text == NULL) == (cases[i].event == NULL));

      if (text == NULL)
        continue;

      g_assert_true (ph_json_parse (json, text, strlen (text), NULL, NULL));
      g_string_append (event, text);
      g_string_replace (event, "\"", "'", 0);
      g_assert_cmpstr (event->str, ==, cases[i].event);
    }
}

static void
test_pages (void)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_auto (GStrv) texts = g_new0 (char *, 8);

  texts[0] = ph_playwright_meta ("https://a/\"", 800, 600, 1);
  texts[1] = ph_playwright_pointer (-1, 4, 1.5, 2, 1);
  texts[2] = ph_playwright_pointer (2, 4, 1.5, 2, 1);
  texts[3] = ph_playwright_first_picture ("data:,x", 1);
  texts[4] = ph_playwright_next_picture ("data:,y", 1);
  texts[5] = ph_playwright_resize (800, 600, 1);
  texts[6] = ph_playwright_still (1);

  for (guint i = 0; texts[i] != NULL; i++)
    g_assert_true (ph_json_parse (json, texts[i], strlen (texts[i]), NULL, NULL));

  g_assert_cmpstr (texts[0], ==,
                   "{\"type\":4,\"data\":{\"href\":\"https://a/\\\"\",\"width\":800,"
                   "\"height\":600},\"timestamp\":1}");
  g_assert_cmpstr (texts[5], ==,
                   "{\"type\":3,\"data\":{\"source\":4,\"width\":800,\"height\":600},"
                   "\"timestamp\":1}");
  g_assert_cmpstr (texts[6], ==,
                   "{\"type\":3,\"data\":{\"source\":0,\"texts\":[],\"attributes\":[],"
                   "\"removes\":[],\"adds\":[]},\"timestamp\":1}");
  g_assert_cmpstr (texts[2], ==,
                   "{\"type\":3,\"data\":{\"source\":2,\"type\":2,\"id\":4,\"x\":1.5,\"y\":2},"
                   "\"timestamp\":1}");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/playwright-events/lines", test_lines);
  g_test_add_func ("/playwright-events/pages", test_pages);

  return g_test_run ();
}
