/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-trace-tree.h"

static void
test_page (void)
{
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (NULL);
  g_autofree char *text = NULL;

  g_assert_true (ph_tree_add (tree, "f",
                              "['HTML',{'lang':'en','__playwright_scroll_top_':'12'},['HEAD'],"
                              "['BODY',{},['SCRIPT',{},'x'],['P',{'class':'a'},'Hi'],"
                              "['svg',{},['clipPath'],['foreignObject',{},['DIV']]]]]",
                              "html"));
  text = ph_tree_write (tree, "f", FALSE, NULL);
  g_assert_cmpstr (
    text, ==,
    "{'type':2,'timestamp':1000,'data':{'node':{'type':0,'id':1,'childNodes':["
    "{'type':1,'id':2,'name':'html','publicId':'','systemId':''},"
    "{'type':2,'id':3,'tagName':'html','attributes':{'lang':'en','rr_scrollTop':12},'childNodes':["
    "{'type':2,'id':4,'tagName':'head','attributes':{},'childNodes':[]},"
    "{'type':2,'id':5,'tagName':'body','attributes':{},'childNodes':["
    "{'type':2,'id':6,'tagName':'p','attributes':{'class':'a'},'childNodes':["
    "{'type':3,'id':7,'textContent':'Hi'}]},"
    "{'type':2,'id':8,'tagName':'svg','isSVG':true,'attributes':{},'childNodes':["
    "{'type':2,'id':9,'tagName':'clipPath','isSVG':true,'attributes':{},'childNodes':[]},"
    "{'type':2,'id':10,'tagName':'foreignObject','isSVG':true,'attributes':{},'childNodes':["
    "{'type':2,'id':11,'tagName':'div','attributes':{},'childNodes':[]}]}]}]}]}]},"
    "'initialOffset':{'left':0,'top':12}}}\n");
}

static void
test_state (void)
{
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (NULL);
  g_autofree char *text = NULL;

  g_assert_true (ph_tree_add (
    tree, "f",
    "['HTML',{},['BODY',{},['INPUT',{'value':'old','__playwright_value_':'new'}],"
    "['INPUT',{'type':'checkbox','checked':'','__playwright_checked_':'false'}],"
    "['INPUT',{'type':'radio','__playwright_checked_':'true'}],"
    "['OPTION',{'__playwright_selected_':'true'}],"
    "['IMG',{'src':'a.png','srcset':'b.png 2x','__playwright_current_src__':'https://a/b.png'}],"
    "['DIALOG',{'open':'','__playwright_dialog_open_':'modal'}],"
    "['DIV',{'popover':'','__playwright_popover_open_':'true'}],"
    "['P',{'__playwright_target__':'call@3','__playwright_scroll_left_':'1.5'}]]]",
    NULL));
  text = ph_tree_write (tree, "f", FALSE, NULL);
  ph_has (text, "'compatMode':'BackCompat'");
  ph_has (text, "'attributes':{'value':'new'}");
  ph_has (text, "'attributes':{'type':'checkbox'}");
  ph_has (text, "'attributes':{'type':'radio','checked':true}");
  ph_has (text, "'attributes':{'selected':true}");
  ph_has (text, "'attributes':{'src':'https://a/b.png'}");
  ph_has (text, "'attributes':{'open':'','rr_open_mode':'modal'}");
  ph_has (text, "'attributes':{'popover':'','rr_open_popover':''}");
  ph_has (text, "'attributes':{'rr_scrollLeft':1.5}");
  ph_has_not (text, "__playwright");
  g_assert_cmpuint (ph_playwright_tree_find_target (tree, "call@3"), ==, 12);
  g_assert_cmpuint (ph_playwright_tree_find_target (tree, "call@4"), ==, 0);
  g_assert_cmpuint (ph_playwright_tree_find_target (tree, ""), ==, 0);
}

static void
test_shadow (void)
{
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (NULL);
  g_autofree char *text = NULL;

  g_assert_true (ph_tree_add (tree, "f",
                              "['HTML',{},['BODY',{'__playwright_custom_elements__':'x-a,x-b'},"
                              "['X-A',{},"
                              "['template',{'__playwright_shadow_root_':'open'},"
                              "['template',{'__playwright_style_sheet_':'b{}'}],['B']],['I']],"
                              "['template',{'__playwright_style_sheet_':'p{}'}]]]",
                              "html"));
  text = ph_tree_write (tree, "f", FALSE, NULL);
  ph_has (text, "'tagName':'x-a','isShadowHost':true,'attributes':{},'childNodes':["
                "{'type':2,'id':6,'isShadow':true,'tagName':'b','attributes':{},'childNodes':[]},"
                "{'type':2,'id':7,'tagName':'i'");
  ph_has (text, "'source':15,'id':1,'styles':[{'styleId':8,'rules':[]}],'styleIds':[8]}}\n"
                "{'type':3,'timestamp':1000,'data':{'source':8,'styleId':8,"
                "'replaceSync':'p{}'}}\n");
  ph_has (text, "'source':15,'id':5,'styles':[{'styleId':9,'rules':[]}],'styleIds':[9]");
  ph_has (text, "'source':16,'define':{'name':'x-a'}");
  ph_has (text, "'source':16,'define':{'name':'x-b'}");
  ph_has_not (text, "template");
}

static void
test_frames (void)
{
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (NULL);
  g_autofree char *text = NULL;

  g_assert_true (ph_tree_add (tree, "child", "['HTML',{},['BODY',{},'in']]", "html"));
  g_assert_true (ph_tree_add (tree, "f",
                              "['HTML',{},['BODY',{},['IFRAME',{'src':'x.html',"
                              "'__playwright_src__':'/snapshot/child'}],"
                              "['IFRAME',{'__playwright_src__':'/snapshot/child'}],"
                              "['IFRAME',{'__playwright_src__':'/snapshot/none'}]]]",
                              "html"));
  text = ph_tree_write (tree, "f", FALSE, NULL);
  ph_has (text, "'tagName':'iframe','attributes':{},");
  ph_has (text, "'isAttachIframe':true,'adds':[{'parentId':7,'nextId':null,'node':"
                "{'type':0,'id':1,'childNodes':[{'type':1,'id':2,'rootId':1,'name':'html'");
  ph_has (text, "'rootId':1,'textContent':'in'");
  ph_has_not (text, "'parentId':8");
}

/* A recorder puts where the page is in place of the address, "" where it has none. */
static void
test_frames_recorded (void)
{
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (NULL);
  g_autofree char *text = NULL;

  g_assert_true (ph_tree_add (tree, "child", "['HTML',{},['BODY',{},'in']]", "html"));
  g_assert_true (ph_tree_add (tree, "f",
                              "['HTML',{},['BODY',{},['IFRAME',{'src':'/snapshot/child','id':'a'}],"
                              "['IFRAME',{'src':'','id':'b'}],['IFRAME',{'src':'/snapshot/none'}],"
                              "['IMG',{'src':'/snapshot/child'}],['IMG',{'src':''}]]]",
                              "html"));
  text = ph_tree_write (tree, "f", FALSE, NULL);
  ph_has (text, "'tagName':'iframe','attributes':{'id':'a'},");
  ph_has (text, "'tagName':'iframe','attributes':{'id':'b'},");
  ph_has (text, "'tagName':'iframe','attributes':{},");
  ph_has (text, "'tagName':'img','attributes':{'src':'/snapshot/child'},");
  ph_has (text, "'tagName':'img','attributes':{'src':''},");
  ph_has (text, "'isAttachIframe':true,'adds':[{'parentId':7,");
  ph_has (text, "'rootId':1,'textContent':'in'");
}

static char *
sheet_cb (const char *url,
          gpointer user_data)
{
  return g_strcmp0 (url, "https://a.example/x/s.css") == 0 ? g_strdup ("a{b:\"c\"}") : NULL;
}

static void
test_changed_sheet (void)
{
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (NULL);
  g_autofree char *text = NULL;

  g_assert_true (ph_tree_add (tree, "f",
                              "['HTML',{},['HEAD',{},['LINK',{'rel':'stylesheet','href':'s.css'}],"
                              "['LINK',{'rel':'stylesheet','href':'/t.css'}]]]",
                              "html"));
  text = ph_tree_write (tree, "f", FALSE, sheet_cb);
  ph_has (text, "{'rel':'stylesheet','href':'s.css','_cssText':'a{b:\\'c\\'}'}");
  ph_has (text, "{'rel':'stylesheet','href':'/t.css'}");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/playwright-write/page", test_page);
  g_test_add_func ("/playwright-write/state", test_state);
  g_test_add_func ("/playwright-write/shadow", test_shadow);
  g_test_add_func ("/playwright-write/frames", test_frames);
  g_test_add_func ("/playwright-write/frames-recorded", test_frames_recorded);
  g_test_add_func ("/playwright-write/changed-sheet", test_changed_sheet);

  return g_test_run ();
}
