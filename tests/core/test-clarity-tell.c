/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How changes are told. That what is told makes the same page as telling all of it anew
 * is shown by the fuzz target, for pages that nobody thinks of.
 */
#include "clarity-feed.h"

static void
test_page (void)
{
  g_autofree char *events = clarity_feed (CLARITY_PAGE, NULL, NULL);

  g_assert_cmpstr (
    events, ==,
    "{\"type\":4,\"timestamp\":1000001,\"data\":{\"href\":\"http://a.example/\",\"width\":800,"
    "\"height\":600}}\n"
    "{\"type\":2,\"timestamp\":1000002,\"data\":{\"node\":{\"type\":0,\"id\":536870912,"
    "\"childNodes\":[{\"type\":1,\"id\":2,\"name\":\"html\",\"publicId\":\"\",\"systemId\":\"\"},"
    "{\"type\":2,\"id\":3,\"tagName\":\"html\",\"attributes\":{},\"childNodes\":["
    "{\"type\":2,\"id\":4,\"tagName\":\"head\",\"attributes\":{},\"childNodes\":[]},"
    "{\"type\":2,\"id\":5,\"tagName\":\"body\",\"attributes\":{},\"childNodes\":["
    "{\"type\":2,\"id\":6,\"tagName\":\"h1\",\"attributes\":{\"id\":\"top\"},\"childNodes\":["
    "{\"type\":3,\"id\":7,\"textContent\":\"one\"}]}]}]}]},"
    "\"initialOffset\":{\"left\":0,\"top\":0}}}\n");
}

static void
test_changes (void)
{
  static const ClarityCase cases[] = {
    /* added, with what is in it */
    { "[3,6,8,5,6,\"P\",9,8,\"*T\",\"two\"]",
      "\"adds\":[{\"parentId\":5,\"nextId\":null,\"node\":{\"type\":2,\"id\":8,\"tagName\":\"p\","
      "\"attributes\":{},\"childNodes\":[{\"type\":3,\"id\":9,\"textContent\":\"two\"}]}}]" },
    /* the one behind first, as the other names it */
    { "[3,6,8,5,\"P\",9,5,8,\"B\"]",
      "\"adds\":[{\"parentId\":5,\"nextId\":6,\"node\":{\"type\":2,\"id\":9,\"tagName\":\"b\","
      "\"attributes\":{},\"childNodes\":[]}},{\"parentId\":5,\"nextId\":9,\"node\":{\"type\":2,"
      "\"id\":8," },
    { "[3,6,7,\"*T\"]", "\"removes\":[{\"id\":7}]" },
    { "[3,6,7,6,\"*T\",\"two\"]",
      "\"texts\":[{\"id\":7,\"value\":\"two\"}],\"attributes\":[],\"removes\":[],\"adds\":[]" },
    { "[3,6,6,5,\"H1\",\"class=c\"]",
      "\"attributes\":[{\"id\":6,\"attributes\":{\"id\":null,\"class\":\"c\"}}]" },
    { "[3,6,6,5,\"H1\",\"id=top\",\"a=\\u0000\\\"\"]",
      "{\"id\":6,\"attributes\":{\"a\":\" \\\"\"}}" },
    { "[3,6,6,5,\"H1\",\"id=top\"]", NULL },
    { "[3,6,7,6,\"*T\",\"one\"]", NULL },
    /* A node that is there moves by itself, and what goes goes after that. */
    { "[3,6,7,5,\"*T\",\"one\",6,\"H1\"]",
      "\"removes\":[],\"adds\":[{\"parentId\":5,\"nextId\":null,\"node\":{\"type\":3,\"id\":7," },
    { "[3,6,7,5,\"*T\",\"one\",6,\"H1\"]", "\"adds\":[],\"removes\":[{\"id\":6}]" },
    /* gone, and there again: with all it had */
    { "[3,6,6,\"H1\"],[4,6,6,5,\"H1\",\"id=top\"]",
      "\"nextId\":null,\"node\":{\"type\":2,\"id\":6,\"tagName\":\"h1\",\"attributes\":{\"id\":"
      "\"top\"},\"childNodes\":[{\"type\":3,\"id\":7,\"textContent\":\"one\"}]}" },
    { "[3,6,8,5,6,\"svg:linearGradient\"]", "\"tagName\":\"lineargradient\",\"attributes\":{},"
                                            "\"isSVG\":true" },
    { "[3,6,8,5,6,\"STYLE\",\"a{}\"]", "\"attributes\":{\"_cssText\":\"a{}\"}" },
    { "[3,6,8,5,6,\"STYLE\",\"a{}\"],[4,6,8,5,6,\"STYLE\",\"b{}\"]",
      "{\"id\":8,\"attributes\":{\"_cssText\":\"b{}\"}}" },
    { "[3,6,8,5,6,\"IMG\",\"#34g.2bc\",\"src=\"]",
      "\"attributes\":{\"src\":\"\",\"rr_width\":\"40.48px\",\"rr_height\":\"30.00px\"}" },
    { "[3,6,8,5,6,\"IMG\",\"#34g.2bc\",\"src=\"],[4,6,8,5,6,\"IMG\",\"src=\"]",
      "{\"id\":8,\"attributes\":{\"rr_width\":null,\"rr_height\":null}}" },
    { "[3,6,4,3,\"HEAD\",\"*B=http://b/c\"]",
      "\"node\":{\"type\":2,\"id\":536870913,\"tagName\":\"base\",\"attributes\":{\"href\":"
      "\"http://b/c\"},\"childNodes\":[]}" },
    { "[3,6,8,5,6,\"IFRAME\",\"src=http://b/\"]", "{\"rr_src\":\"http://b/\"}" },
    { "[3,6,8,5,6,\"IFRAME\",\"src=http://b/\",\"*O=true\",9,8,\"iframe:HTML\"]",
      "\"isAttachIframe\":true,\"texts\":[],\"attributes\":[],\"removes\":[],\"adds\":["
      "{\"parentId\":8,\"nextId\":null,\"node\":{\"type\":0,\"id\":536870913,\"compatMode\":"
      "\"BackCompat\",\"childNodes\":[{\"type\":2,\"id\":9," },
    { "[3,6,8,5,6,\"DIV\",9,8,\"*S\",\"style=\",10,9,\"P\",11,8,\"B\"]",
      "\"isShadowHost\":true,\"childNodes\":[{\"type\":2,\"id\":10,\"isShadow\":true,\"tagName\":"
      "\"p\",\"attributes\":{},\"childNodes\":[]},{\"type\":2,\"id\":11," },
    { "[3,6,8,6,7,\"*S\",\"style=\",9,8,\"P\"]",
      "{\"parentId\":6,\"nextId\":null,\"node\":{\"type\":2,\"id\":9,\"isShadow\":true," },
    { "[3,6,8,5,6,\"SCRIPT\",9,8,\"*T\",\"x\"]", "\"tagName\":\"script\",\"attributes\":{},"
                                                 "\"childNodes\":[]}" },
    { "[3,51,\"x-y\"],[3,6,8,5,6,\"X-Y\"]",
      "\"tagName\":\"x-y\",\"attributes\":{},\"isCustom\":true" },
    { "[3,51,\"x-y\"]", "{\"source\":16,\"define\":{\"name\":\"x-y\"}}" },
  };

  clarity_check (cases, G_N_ELEMENTS (cases));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clarity-tell/page", test_page);
  g_test_add_func ("/clarity-tell/changes", test_changes);

  return g_test_run ();
}
