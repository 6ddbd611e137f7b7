/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-patch.h"
#include "ph-test-dom.h"
#include "ph-test.h"
#include "stage-driver.h"

#include <string.h>
#include <webkit/webkit.h>

/*
 * Canvases, from recorded events through the engine to the view, whose picture is
 * read back. Every case is shown in one go and event by event: both look the same.
 */

#define WIDTH 800
#define HEIGHT 600
#define CANVAS "'type':2,'tagName':'canvas','id':10,'childNodes':[]"
#define STYLE "'style':'position:absolute;left:0;top:0'"
/* A canvas of 100 × 100 in the corner of the page. */
#define PLAIN "{" CANVAS ",'attributes':{'width':'100','height':'100'," STYLE "}}"
#define DRAW(type, commands)                                                                     \
  "{'type':3,'timestamp':2000,'data':{'source':9,'id':10,'type':" #type ",'commands':[" commands \
  "]}}"
#define SET(name, value)                                                             \
  "{'type':3,'timestamp':2000,'data':{'source':0,'texts':[],'removes':[],'adds':[]," \
  "'attributes':[{'id':10,'attributes':{'" name "':'" value "'}}]}}"

/* In the form of recorders; the others are in the engine's own, which it reads too. */
#define RED_SQUARE                                             \
  "{'property':'fillStyle','args':['#ff0000'],'setter':true}," \
  "{'property':'fillRect','args':[0,0,100,100]}"

/* 2 × 2: red, green; blue, transparent. */
#define PNG                                                                                      \
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAE0lEQVR4nGP4z8DwHwyBNIhgAAA/0gX7yxemzgAAAABJ" \
  "RU5ErkJggg=="

#define PIXELATED "['=imageSmoothingEnabled',false]"
#define BITMAP                                                             \
  "{'rr_type':'ImageBitmap','args':[{'rr_type':'Blob','type':'image/png'," \
  "'data':[{'rr_type':'ArrayBuffer','base64':'" PNG "'}]}]}"
#define IMAGE "{'rr_type':'HTMLImageElement','src':'data:image/png;base64," PNG "'}"
#define IMAGE_DATA                                                         \
  "{'rr_type':'ImageData','args':[{'rr_type':'Uint8ClampedArray','args':[" \
  "[0,0,255,255,0,0,255,255]]},2,1]}"

/* A buffer, two shaders, a program; then what draws half of the canvas. */
#define TRIANGLE_PARTS                                                                \
  "['createBuffer'],['bindBuffer',34962,{'rr_type':'WebGLBuffer','index':0}],"        \
  "['bufferData',34962,{'rr_type':'Float32Array','args':[[-1,-1,1,-1,-1,1]]},35044]," \
  "['createShader',35633],['shaderSource',{'rr_type':'WebGLShader','index':0},"       \
  "'attribute vec2 c;void main(){gl_Position=vec4(c,0.0,1.0);}'],"                    \
  "['compileShader',{'rr_type':'WebGLShader','index':0}],['createShader',35632],"     \
  "['shaderSource',{'rr_type':'WebGLShader','index':1},"                              \
  "'void main(){gl_FragColor=vec4(0.0,1.0,0.0,1.0);}'],"                              \
  "['compileShader',{'rr_type':'WebGLShader','index':1}],['createProgram'],"          \
  "['attachShader',{'rr_type':'WebGLProgram','index':0},"                             \
  "{'rr_type':'WebGLShader','index':0}],"                                             \
  "['attachShader',{'rr_type':'WebGLProgram','index':0},"                             \
  "{'rr_type':'WebGLShader','index':1}],"                                             \
  "['linkProgram',{'rr_type':'WebGLProgram','index':0}],"                             \
  "['useProgram',{'rr_type':'WebGLProgram','index':0}]"
#define TRIANGLE                                \
  "['vertexAttribPointer',0,2,5126,false,0,0]," \
  "['enableVertexAttribArray',0],['drawArrays',4,0,3]"
#define FRAME "['clearRect',0,0,100,100]," PIXELATED ",['drawImage'," BITMAP ",0,0,100,100]"

enum
{
  NOTHING = 0,
  WHITE = 0xffffff,
  RED = 0xff0000,
  GREEN = 0x00ff00,
  BLUE = 0x0000ff,
};

typedef struct
{
  int x, y;
  guint32 colour;
} Pixel;

static StageDriver *driver;
static gboolean settles; /* a picture may come a little after the patch */

/* ---- showing a page and looking at it ---- */

static void
present (const PhDom *from,
         const PhDom *to)
{
  PhPatch *patch = ph_patch_new ();
  g_autoptr (GBytes) bytes = NULL;

  ph_patch_diff (patch, from, to);
  bytes = ph_patch_finish (patch);
  stage_driver_show (driver, g_bytes_get_data (bytes, NULL));
}

static guint32
pixel (GdkTexture *texture,
       int x,
       int y)
{
  gsize stride = (gsize) gdk_texture_get_width (texture) * 4;
  g_autofree guint8 *data = g_malloc (stride * (gsize) gdk_texture_get_height (texture));
  guint32 value;

  gdk_texture_download (texture, data, stride);
  memcpy (&value, data + stride * (gsize) y + 4 * (gsize) x, sizeof value);

  return value & 0xffffff;
}

static gboolean
is_like (guint32 a,
         guint32 b)
{
  for (guint shift = 0; shift < 24; shift += 8)
    if (ABS ((int) (a >> shift & 255) - (int) (b >> shift & 255)) > 2)
      return FALSE;

  return TRUE;
}

/* The first pixel that is another one, or -1. */
static int
find_other (const Pixel *pixels,
            guint n,
            guint32 *colour)
{
  g_autoptr (GdkTexture) texture = stage_driver_snapshot (driver);

  for (guint i = 0; i < n; i++)
    {
      *colour = pixel (texture, pixels[i].x, pixels[i].y);

      if (!is_like (*colour, pixels[i].colour))
        return (int) i;
    }

  return -1;
}

static void
check_pixels (const Pixel *pixels,
              guint n)
{
  guint32 colour = 0;
  int other = find_other (pixels, n, &colour);

  for (guint i = 0; settles && other >= 0 && i < 50; i++)
    {
      stage_driver_settle (driver);
      other = find_other (pixels, n, &colour);
    }

  if (other >= 0)
    g_test_message ("at %d, %d: %06x and not %06x", pixels[other].x, pixels[other].y, colour,
                    pixels[other].colour);

  g_assert_cmpint (other, ==, -1);
}

static PhDom *
make_page (const char *body)
{
  g_autofree char *all = g_strdup_printf (
    "{'type':2,'tagName':'div','id':8,'attributes':{'style':'position:fixed;left:0;top:0;"
    "width:100%%;height:100%%;background:white'},'childNodes':[]},%s",
    body);
  g_autofree char *json = ph_test_json (all);

  return ph_test_page (json);
}

/* Shows @body after @events, from nothing; then each step of the way. */
static void
check_page (const char *body,
            const char *const *events,
            const Pixel *pixels,
            guint n)
{
  g_autoptr (PhDom) page = make_page (body);
  g_autoptr (PhDom) shown = ph_dom_copy (page);
  g_autoptr (PhHealth) health = ph_health_new ();

  for (guint i = 0; events[i] != NULL; i++)
    {
      g_autofree char *list = g_strdup_printf ("[%s]", events[i]);

      ph_test_apply (page, health, list);
    }

  g_assert_cmpuint (ph_health_total (health), ==, 0);
  present (NULL, page);
  check_pixels (pixels, n);

  g_clear_pointer (&page, ph_dom_free);
  page = ph_dom_copy (shown);
  present (NULL, page);

  for (guint i = 0; events[i] != NULL; i++)
    {
      g_autofree char *list = g_strdup_printf ("[%s]", events[i]);

      ph_test_apply (page, NULL, list);
      present (shown, page);
      ph_dom_free (shown);
      shown = ph_dom_copy (page);
    }

  check_pixels (pixels, n);
}

/* ---- cases ---- */

typedef struct
{
  const char *name;
  const char *body;
  const char *events[5]; /* up to NULL */
  Pixel pixels[5];
  guint n_pixels;
} Case;

static const Case cases[] = {
  { "blank", PLAIN, { NULL }, { { 50, 50, WHITE }, { 150, 50, WHITE } }, 2 },
  { "rectangles",
    PLAIN,
    { DRAW (0, RED_SQUARE), DRAW (0, "['=fillStyle','#0000ff'],['fillRect',50,50,50,50]") },
    { { 25, 25, RED }, { 75, 75, BLUE }, { 98, 25, RED }, { 102, 50, WHITE } },
    4 },
  { "v1",
    PLAIN,
    { "{'type':3,'timestamp':1,'data':{'source':9,'id':10,'property':'fillStyle','args':['lime'],"
      "'setter':true}}",
      "{'type':3,'timestamp':1,'data':{'source':9,'id':10,'property':'fillRect',"
      "'args':[0,0,50,50]}}" },
    { { 25, 25, GREEN }, { 75, 75, WHITE } },
    2 },
  { "cleared",
    PLAIN,
    { DRAW (0, RED_SQUARE), DRAW (0, "['clearRect',0,0,100,100],['fillRect',50,0,50,50]") },
    { { 25, 25, WHITE }, { 75, 25, RED } },
    2 },
  { "transformed",
    PLAIN,
    { DRAW (0, "['scale',2,2],['save']," RED_SQUARE),
      DRAW (0, "['clearRect',0,0,50,50],['restore'],['=fillStyle','lime']"),
      DRAW (0, "['fillRect',0,0,25,25]") },
    { { 25, 25, GREEN }, { 45, 45, GREEN }, { 55, 25, WHITE } },
    3 },
  { "path of before",
    PLAIN,
    { DRAW (0, "['rect',0,0,50,50]"), DRAW (0, "['clearRect',0,0,100,100]"),
      DRAW (0, "['=fillStyle','blue'],['fill']") },
    { { 25, 25, BLUE }, { 75, 25, WHITE } },
    2 },
  { "size set",
    PLAIN,
    { DRAW (0, RED_SQUARE), SET ("width", "50"), DRAW (0, "['fillRect',0,0,20,20]") },
    { { 10, 10, NOTHING }, { 30, 30, WHITE }, { 70, 50, WHITE } },
    3 },
  { "size in style",
    "{" CANVAS ",'attributes':{'width':'100','height':'100','style':'position:absolute;left:0;"
    "top:0;width:400px;height:200px;border:10px solid lime;padding:10px;background:blue'}}",
    { DRAW (0, RED_SQUARE) },
    { { 5, 5, GREEN }, { 15, 15, BLUE }, { 25, 25, RED }, { 415, 215, RED }, { 425, 225, BLUE } },
    5 },
  { "object-fit",
    "{" CANVAS ",'attributes':{'width':'100','height':'100','style':'position:absolute;left:0;"
    "top:0;width:300px;height:100px;object-fit:contain'}}",
    { DRAW (0, RED_SQUARE) },
    { { 50, 50, WHITE }, { 150, 50, RED }, { 250, 50, WHITE } },
    3 },
  { "no children",
    "{'type':2,'tagName':'canvas','id':10,'attributes':{'style':'position:absolute;left:0;top:0'},"
    "'childNodes':[{'type':2,'tagName':'div','id':11,'attributes':{'style':'width:50px;"
    "height:50px;background:red'},'childNodes':[]}]}",
    { NULL },
    { { 25, 25, WHITE } },
    1 },
  { "bitmap",
    PLAIN,
    { DRAW (0, RED_SQUARE), DRAW (0, FRAME) },
    { { 25, 25, RED }, { 75, 25, GREEN }, { 25, 75, BLUE }, { 75, 75, WHITE } },
    4 },
  { "image element",
    PLAIN,
    { DRAW (0, PIXELATED ",['drawImage'," IMAGE ",0,0,100,100]") },
    { { 25, 25, RED }, { 75, 25, GREEN }, { 25, 75, BLUE }, { 75, 75, WHITE } },
    4 },
  { "image data",
    PLAIN,
    { DRAW (0, "['putImageData'," IMAGE_DATA ",10,10]") },
    { { 10, 10, BLUE }, { 11, 10, BLUE }, { 12, 10, WHITE } },
    3 },
  { "rr_dataURL",
    "{" CANVAS ",'attributes':{'width':'2','height':'2','rr_dataURL':'data:image/png;base64," PNG
    "','style':'position:absolute;left:0;top:0;width:100px;height:100px;"
    "image-rendering:pixelated'}}",
    { DRAW (0, "['=fillStyle','red'],['fillRect',1,1,1,1]") },
    { { 25, 25, RED }, { 75, 25, GREEN }, { 25, 75, BLUE }, { 75, 75, RED } },
    4 },
  { "shadow root",
    "{'type':2,'tagName':'div','id':9,'isShadowHost':true,'attributes':{},'childNodes':[{" CANVAS
    ",'isShadow':true,'attributes':{'width':'100','height':'100'," STYLE "}}]}",
    { DRAW (0, RED_SQUARE) },
    { { 50, 50, RED }, { 150, 50, WHITE } },
    2 },
  { "webgl",
    PLAIN,
    { DRAW (1, "['clearColor',1,0,0,1],['clear',16384]"),
      DRAW (1, "['enable',3089],['scissor',0,0,50,50],['clearColor',0,0,1,1],['clear',16384]") },
    { { 25, 25, RED }, { 25, 75, BLUE }, { 75, 75, RED } },
    3 },
  { "triangle",
    PLAIN,
    { DRAW (2, TRIANGLE_PARTS), DRAW (2, TRIANGLE) },
    { { 10, 90, GREEN }, { 10, 50, GREEN }, { 90, 10, WHITE } },
    3 },
};

static void
test_case (gconstpointer data)
{
  const Case *row = data;

  check_page (row->body, row->events, row->pixels, row->n_pixels);
}

/* ---- canvases on their way ---- */

#define ADD(parent, id, tag, attributes)                                                 \
  "{'parentId':" #parent ",'nextId':null,'node':{'type':2,'tagName':'" tag "','id':" #id \
  ",'attributes':{" attributes "},'childNodes':[]}}"
#define MUTATION "{'type':3,'timestamp':2000,'data':{'source':0,'texts':[],'attributes':[],"
#define MUTATE(removes, adds) MUTATION "'adds':[" adds "],'removes':[" removes "]}}"
#define SMALL "'width':'100','height':'100'"
#define AT(left) "'style':'position:absolute;left:" #left "px;top:0'"

/* The page of an iframe: a document 20 with a body 22. */
#define FRAME_PAGE                                                                         \
  "{'type':3,'timestamp':2000,'data':{'source':0,'texts':[],'attributes':[],'removes':[]," \
  "'isAttachIframe':true,'adds':[{'parentId':9,'nextId':null,'node':{'type':0,'id':20,"    \
  "'childNodes':[{'type':2,'tagName':'html','id':21,'rootId':20,'attributes':{},"          \
  "'childNodes':[{'type':2,'tagName':'body','id':22,'rootId':20,'attributes':{'style':"    \
  "'margin:0;background:white'},'childNodes':[{'type':2,'tagName':'canvas','id':10,"       \
  "'rootId':20,'attributes':{" SMALL "},'childNodes':[]}]}]}]}}]}}"
#define FRAME_ELEMENT                                                               \
  "{'type':2,'tagName':'iframe','id':9,'attributes':{'width':'200','height':'200'," \
  "'style':'border:0;position:absolute;left:0;top:0'},'childNodes':[]}"
#define PLACES                                                                                 \
  "{'type':2,'tagName':'div','id':11,'attributes':{'style':'position:absolute;left:0;top:0'}," \
  "'childNodes':[" PLAIN "]},{'type':2,'tagName':'div','id':12,'attributes':{'style':"         \
  "'position:absolute;left:200px;top:0'},'childNodes':[]}"
#define SECOND ADD (3, 11, "canvas", SMALL "," AT (100))
#define THIRD ADD (3, 12, "canvas", SMALL "," AT (200))
#define BLUE_SQUARE "['=fillStyle','#0000ff'],['fillRect',0,0,100,100]"

static const Case ways[] = {
  { "iframe",
    FRAME_ELEMENT,
    { FRAME_PAGE, DRAW (0, RED_SQUARE) },
    { { 50, 50, RED }, { 150, 50, WHITE } },
    2 },
  { "iframe moved",
    FRAME_ELEMENT ",{'type':2,'tagName':'div','id':12,'attributes':{},'childNodes':[]}",
    { FRAME_PAGE, DRAW (0, RED_SQUARE),
      MUTATE ("", "{'parentId':12,'nextId':null,'node':" FRAME_ELEMENT "}"), FRAME_PAGE },
    { { 50, 50, WHITE }, { 150, 50, WHITE } },
    2 },
  { "moved",
    PLACES,
    { DRAW (0, RED_SQUARE), MUTATE ("", ADD (12, 10, "canvas", SMALL)),
      DRAW (0, "['fillRect',0,0,1,1]") },
    { { 50, 50, WHITE }, { 250, 50, RED }, { 350, 50, WHITE } },
    3 },
  { "out and in again",
    PLACES,
    { DRAW (0, RED_SQUARE), MUTATE ("{'parentId':11,'id':10}", ""),
      MUTATE ("", ADD (11, 10, "canvas", SMALL)), DRAW (0, "['fillRect',0,0,50,50]") },
    { { 75, 75, WHITE }, { 25, 25, NOTHING } },
    2 },
  { "several",
    PLAIN,
    { MUTATE ("", SECOND "," THIRD),
      DRAW (0, RED_SQUARE),
      "{'type':3,'timestamp':2000,'data':{'source':9,'id':12,'commands':[" BLUE_SQUARE "]}}" },
    { { 50, 50, RED }, { 150, 50, WHITE }, { 250, 50, BLUE } },
    3 },
  { "shown again",
    PLAIN,
    { DRAW (0, RED_SQUARE), SET ("style", "display:none"),
      SET ("style", "position:absolute;left:300px;top:0") },
    { { 50, 50, WHITE }, { 350, 50, RED } },
    2 },
};

/* Any page after any other: what is seen depends on the page alone, also after a reset. */
static void
test_any_order (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20241124);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_dom_free);
  g_autoptr (GArray) colours = g_array_new (FALSE, FALSE, sizeof (guint32));
  PhDom *page = make_page (PLAIN);
  guint shown = 0;

  for (guint i = 0; i < 12; i++)
    {
      guint32 colour = 0x100000 + i * 0x123456 % 0xefffff;
      g_autofree char *event = g_strdup_printf (
        "[{'type':3,'timestamp':2000,'data':{'source':9,'id':10,'commands':["
        "['=fillStyle','#%06x'],['%s',0,0,%d,100],['fillRect',0,0,100,100]]}}]",
        colour, i % 3 > 0 ? "strokeRect" : "clearRect", i % 4 > 0 ? 100 : 50);

      ph_test_apply (page, NULL, i % 5 < 4 ? event : "[" SET ("width", "100") "]");
      colour = i % 5 < 4 ? colour : WHITE;
      g_ptr_array_add (pages, ph_dom_copy (page));
      g_array_append_val (colours, colour);
    }

  ph_dom_free (page);
  present (NULL, pages->pdata[0]);

  for (guint i = 0; i < 30; i++)
    {
      guint next = (guint) g_rand_int_range (random, 0, (gint32) pages->len);
      Pixel pixels[] = { { 50, 50, g_array_index (colours, guint32, next) }, { 150, 50, WHITE } };

      gboolean anew = g_rand_int_range (random, 0, 8) == 0;

      present (anew ? NULL : pages->pdata[shown], pages->pdata[next]);
      g_test_message ("%u after %u", next, shown);
      check_pixels (pixels, G_N_ELEMENTS (pixels));
      shown = next;
    }
}

static void
evaluated_cb (GObject *view,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value =
    webkit_web_view_call_async_javascript_function_finish (WEBKIT_WEB_VIEW (view), result, &error);

  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
evaluate (const char *script)
{
  gboolean done = FALSE;

  webkit_web_view_call_async_javascript_function (
    WEBKIT_WEB_VIEW (ph_web_stage_get_widget (driver->stage)), script, -1, NULL, "playhead", NULL,
    NULL, evaluated_cb, &done);
  ph_test_wait (&done, 10);
}

/* As later versions of WebKit may be, without bitmaps that style sheets can name. */
static void
test_without_surfaces (void)
{
  evaluate ("playhead.test = Document.prototype.getCSSCanvasContext;"
            "delete Document.prototype.getCSSCanvasContext; return true;");
  settles = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].name);
      check_page (cases[i].body, cases[i].events, cases[i].pixels, cases[i].n_pixels);
    }

  settles = FALSE;
  evaluate ("Document.prototype.getCSSCanvasContext = playhead.test; return true;");
}

int
main (int argc,
      char **argv)
{
  int status;

  stage_driver_init (&argc, &argv);
  driver = stage_driver_new (WIDTH, HEIGHT);
  ph_web_stage_set_plain (driver->stage, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (cases[i].name), " ", '-');
      g_autofree char *path = g_strdup_printf ("/canvas-stage/%s", name);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (ways[i].name), " ", '-');
      g_autofree char *path = g_strdup_printf ("/canvas-stage/%s", name);

      g_test_add_data_func (path, &ways[i], test_case);
    }

  g_test_add_func ("/canvas-stage/any-order", test_any_order);
  g_test_add_func ("/canvas-stage/without-surfaces", test_without_surfaces);
  status = g_test_run ();
  stage_driver_free (driver);

  return status;
}
