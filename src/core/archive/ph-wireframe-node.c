/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-wireframe-node.h"

#include "ph-json-write.h"
#include "ph-limits.h"
#include "ph-wireframe-style.h"

#include <string.h>

#define BACKGROUND "#f3f4ef"
#define FOREGROUND "#35373e"
#define ACCENT "#1d4aff"
#define MAX_STARS 100

/* ---- writing ---- */

static gint32
take_id (PhWireframeWriter *writer)
{
  return writer->next_id++;
}

gint32
ph_wireframe_writer_find (PhWireframeWriter *writer,
                          gint64 wireframe)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (writer->ids, &wireframe));
}

gint32
ph_wireframe_writer_id (PhWireframeWriter *writer,
                        gint64 wireframe)
{
  gint32 id = ph_wireframe_writer_find (writer, wireframe);

  if (id != 0)
    return id;

  id = take_id (writer);

  if (g_hash_table_size (writer->ids) < PH_LIMIT_NODES)
    g_hash_table_insert (writer->ids, g_memdup2 (&wireframe, sizeof wireframe),
                         GINT_TO_POINTER (id));

  return id;
}

static gint32
get_parent (const PhWireframeWriter *writer)
{
  return g_array_index (writer->parents, gint32, writer->parents->len - 1);
}

/* What begins a node in a list of such, or in the list of its parent's children. */
static void
begin_node (PhWireframeWriter *writer)
{
  GString *out = writer->out;

  if (out->len > 0 && out->str[out->len - 1] != '[')
    g_string_append_c (out, ',');

  if (!writer->is_flat)
    return;

  g_string_append_printf (out, "{\"parentId\":%d,\"nextId\":", get_parent (writer));

  /* What is drawn last is on top: the keyboard and the bars stay there. */
  if (get_parent (writer) == PH_WIREFRAME_BODY)
    g_string_append_printf (out, "%d", PH_WIREFRAME_KEYBOARD_PARENT);
  else
    g_string_append (out, "null");

  g_string_append (out, ",\"node\":");
}

void
ph_wireframe_writer_begin (PhWireframeWriter *writer,
                           gint32 id,
                           const char *tag)
{
  begin_node (writer);
  g_string_append_printf (writer->out, "{\"type\":2,\"id\":%d,\"tagName\":\"%s\",", id, tag);

  if (strcmp (tag, "svg") == 0 || strcmp (tag, "path") == 0)
    g_string_append (writer->out, "\"isSVG\":true,");

  g_string_append (writer->out, "\"attributes\":{");
  g_array_append_val (writer->parents, id);
}

void
ph_wireframe_writer_attribute (PhWireframeWriter *writer,
                               const char *name,
                               const char *value)
{
  if (writer->out->str[writer->out->len - 1] != '{')
    g_string_append_c (writer->out, ',');

  ph_json_write_key (writer->out, name);
  ph_json_write_string (writer->out, value, -1);
}

void
ph_wireframe_writer_children (PhWireframeWriter *writer)
{
  g_string_append (writer->out, writer->is_flat ? "},\"childNodes\":[]}}" : "},\"childNodes\":[");
}

void
ph_wireframe_writer_end (PhWireframeWriter *writer)
{
  g_array_set_size (writer->parents, writer->parents->len - 1);

  if (!writer->is_flat)
    g_string_append (writer->out, "]}");
}

void
ph_wireframe_writer_text (PhWireframeWriter *writer,
                          const char *text)
{
  begin_node (writer);
  g_string_append_printf (writer->out, "{\"type\":3,\"id\":%d,\"textContent\":", take_id (writer));
  ph_json_write_string (writer->out, text, -1);
  g_string_append (writer->out, writer->is_flat ? "}}" : "}");
}

static void
write_element (PhWireframeWriter *writer,
               const char *tag,
               const char *style)
{
  ph_wireframe_writer_begin (writer, take_id (writer), tag);
  ph_wireframe_writer_attribute (writer, "style", style);
  ph_wireframe_writer_children (writer);
}

/* ---- what wireframes say ---- */

static const char *
get_text (PhJsonValue wireframe,
          const char *name)
{
  const char *text = NULL;

  ph_json_member_string (wireframe, name, &text, NULL);

  return text;
}

static gboolean
is_true (PhJsonValue wireframe,
         const char *name)
{
  gboolean truth = FALSE;

  ph_json_member_bool (wireframe, name, &truth);

  return truth;
}

/* A string or a number, as text. */
static char *
dup_scalar (PhJsonValue wireframe,
            const char *name)
{
  const char *text = get_text (wireframe, name);
  GString *out;
  double number;

  if (text != NULL)
    return g_strdup (text);

  if (!ph_json_member_double (wireframe, name, &number))
    return NULL;

  out = g_string_new (NULL);
  ph_json_write_number (out, number);

  return g_string_free (out, FALSE);
}

/* Of one without an id a new one is made up. */
static gint32
get_id (PhWireframeWriter *writer,
        PhJsonValue wireframe)
{
  gint64 id = 0;

  if (!ph_json_member_int (wireframe, "id", &id) || id <= 0)
    return take_id (writer);

  return ph_wireframe_writer_id (writer, id);
}

static void
write_children (PhWireframeWriter *writer,
                PhJsonValue wireframe)
{
  ph_wireframe_write_list (writer, ph_json_member (wireframe, "childWireframes"));
}

/* The element of the wireframe itself, up to its attributes. */
static void
begin_styled (PhWireframeWriter *writer,
              PhJsonValue wireframe,
              const char *tag,
              const PhWireframeOverride *override,
              const char *more)
{
  g_autoptr (GString) style = g_string_new (NULL);

  ph_wireframe_style_all (style, wireframe, override);
  g_string_append (style, more);
  ph_wireframe_writer_begin (writer, get_id (writer, wireframe), tag);
  ph_wireframe_writer_attribute (writer, "style", style->str);
}

/* ---- kinds ---- */

static void
write_box (PhWireframeWriter *writer,
           PhJsonValue wireframe,
           const char *more,
           const char *text)
{
  begin_styled (writer, wireframe, "div", NULL, more);
  ph_wireframe_writer_children (writer);

  if (text != NULL)
    ph_wireframe_writer_text (writer, text);

  write_children (writer, wireframe);
  ph_wireframe_writer_end (writer);
}

static void
write_placeholder (PhWireframeWriter *writer,
                   PhJsonValue wireframe,
                   const char *label)
{
  const char *background = ph_wireframe_style_get (wireframe, "backgroundColor");
  const char *color = ph_wireframe_style_get (wireframe, "color");
  const PhWireframeOverride override = {
    .vertical_align = "center",
    .horizontal_align = "center",
    .background_color = background != NULL ? background : BACKGROUND,
    .color = color != NULL ? color : FOREGROUND,
    .is_striped = TRUE,
  };

  if (label == NULL || *label == '\0')
    label = get_text (wireframe, "type");

  begin_styled (writer, wireframe, "div", &override, "");
  ph_wireframe_writer_children (writer);
  ph_wireframe_writer_text (writer, label != NULL ? label : "placeholder");
  write_children (writer, wireframe);
  ph_wireframe_writer_end (writer);
}

static void
write_picture (PhWireframeWriter *writer,
               PhJsonValue wireframe)
{
  g_autoptr (GString) address = g_string_new (NULL);
  g_autofree char *width = dup_scalar (wireframe, "width");
  g_autofree char *height = dup_scalar (wireframe, "height");
  const char *text = NULL;
  gsize size = 0;

  if (!ph_json_member_string (wireframe, "base64", &text, &size) || size == 0 ||
      !ph_wireframe_add_picture (address, text, size))
    {
      write_placeholder (writer, wireframe, NULL);
      return;
    }

  begin_styled (writer, wireframe, "img", NULL, "");
  ph_wireframe_writer_attribute (writer, "src", address->str);

  if (width != NULL)
    ph_wireframe_writer_attribute (writer, "width", width);

  if (height != NULL)
    ph_wireframe_writer_attribute (writer, "height", height);

  ph_wireframe_writer_children (writer);
  ph_wireframe_writer_end (writer);
}

static void
write_option (PhWireframeWriter *writer,
              const char *text,
              gboolean is_selected)
{
  ph_wireframe_writer_begin (writer, take_id (writer), "option");

  if (is_selected)
    ph_wireframe_writer_attribute (writer, "selected", "");

  ph_wireframe_writer_children (writer);
  ph_wireframe_writer_text (writer, text);
  ph_wireframe_writer_end (writer);
}

static void
write_select (PhWireframeWriter *writer,
              PhJsonValue wireframe)
{
  const char *value = get_text (wireframe, "value");
  gboolean has_value = FALSE;
  PhJsonIter iter;
  PhJsonValue option;

  begin_styled (writer, wireframe, "select", NULL, "");

  if (is_true (wireframe, "disabled"))
    ph_wireframe_writer_attribute (writer, "disabled", "");

  ph_wireframe_writer_children (writer);
  ph_json_iter_init (&iter, ph_json_member (wireframe, "options"));

  while (ph_json_next (&iter, NULL, &option))
    {
      const char *text;
      gboolean is_value;

      if (!ph_json_get_string (option, &text, NULL))
        continue;

      is_value = value != NULL && strcmp (value, text) == 0;
      has_value |= is_value;
      write_option (writer, text, is_value);
    }

  /* Recorders that leave out the options say what is chosen all the same. */
  if (value != NULL && !has_value)
    write_option (writer, value, TRUE);

  ph_wireframe_writer_end (writer);
}

static void
write_field (PhWireframeWriter *writer,
             PhJsonValue wireframe,
             const char *kind)
{
  static const char *const types[] = { "text", "password", "email", "number",
                                       "search", "tel", "url", NULL };
  g_autofree char *value = dup_scalar (wireframe, "value");
  gboolean is_area = strcmp (kind, "text_area") == 0;

  begin_styled (writer, wireframe, is_area ? "textarea" : "input", NULL, "");

  if (!is_area)
    ph_wireframe_writer_attribute (writer, "type", g_strv_contains (types, kind) ? kind : "text");

  if (is_true (wireframe, "disabled"))
    ph_wireframe_writer_attribute (writer, "disabled", "");

  ph_wireframe_writer_attribute (writer, "value", value != NULL ? value : "");
  ph_wireframe_writer_children (writer);
  ph_wireframe_writer_end (writer);
}

static void
write_button (PhWireframeWriter *writer,
              PhJsonValue wireframe)
{
  g_autofree char *value = dup_scalar (wireframe, "value");

  begin_styled (writer, wireframe, "button", NULL, "");
  ph_wireframe_writer_attribute (writer, "type", "button");

  if (is_true (wireframe, "disabled"))
    ph_wireframe_writer_attribute (writer, "disabled", "");

  ph_wireframe_writer_children (writer);

  if (value != NULL && *value != '\0')
    ph_wireframe_writer_text (writer, value);

  write_children (writer, wireframe);
  ph_wireframe_writer_end (writer);
}

static void
write_toggle_part (PhWireframeWriter *writer,
                   const char *place,
                   const char *color)
{
  g_autofree char *style = g_strconcat (place, "background-color:", color, ";", NULL);

  write_element (writer, "div", style);
  ph_wireframe_writer_end (writer);
}

static void
write_toggle (PhWireframeWriter *writer,
              PhJsonValue wireframe,
              gboolean is_labelled)
{
  g_autoptr (GString) style = g_string_new (NULL);
  g_autofree char *handle = NULL;
  gboolean is_on = is_true (wireframe, "checked");
  const char *color = ph_wireframe_style_get (wireframe, "color");
  const char *border = ph_wireframe_style_get (wireframe, "borderColor");

  if (color == NULL)
    color = is_on ? ACCENT : BACKGROUND;

  if (is_labelled)
    g_string_append (style, "height:100%;flex:1;");
  else
    ph_wireframe_style_all (style, wireframe, NULL);

  ph_wireframe_writer_begin (writer, get_id (writer, wireframe), "div");
  ph_wireframe_writer_attribute (writer, "style", style->str);
  ph_wireframe_writer_children (writer);
  write_element (writer, "div", "position:relative;width:100%;height:100%;");
  write_toggle_part (writer,
                     "position:absolute;top:33%;left:5%;width:75%;height:33%;opacity:0.2;"
                     "border-radius:7.5%;",
                     color);
  handle = g_strdup_printf ("position:absolute;top:1.5%%;%s:5%%;width:40%%;height:75%%;"
                            "border-radius:50%%;border:2px solid %s;",
                            is_on ? "right" : "left", border != NULL ? border : color);
  write_toggle_part (writer, handle, color);
  ph_wireframe_writer_end (writer);
  ph_wireframe_writer_end (writer);
}

static void
write_check (PhWireframeWriter *writer,
             PhJsonValue wireframe,
             const char *kind,
             gboolean is_labelled)
{
  if (is_labelled)
    ph_wireframe_writer_begin (writer, get_id (writer, wireframe), "input");
  else
    begin_styled (writer, wireframe, "input", NULL, "");

  ph_wireframe_writer_attribute (writer, "type", kind);

  if (is_true (wireframe, "disabled"))
    ph_wireframe_writer_attribute (writer, "disabled", "");

  if (is_true (wireframe, "checked"))
    ph_wireframe_writer_attribute (writer, "checked", "");

  ph_wireframe_writer_children (writer);
  ph_wireframe_writer_end (writer);
}

/* Boxes to tick, with their label around them if they have one. */
static void
write_choice (PhWireframeWriter *writer,
              PhJsonValue wireframe,
              const char *kind)
{
  const char *label = get_text (wireframe, "label");
  gboolean is_toggle = strcmp (kind, "toggle") == 0;
  g_autoptr (GString) style = g_string_new (NULL);

  if (label != NULL)
    {
      ph_wireframe_style_all (style, wireframe, NULL);
      write_element (writer, "label", style->str);
    }

  if (label != NULL && is_toggle)
    ph_wireframe_writer_text (writer, label);

  if (is_toggle)
    write_toggle (writer, wireframe, label != NULL);
  else
    write_check (writer, wireframe, kind, label != NULL);

  if (label != NULL && !is_toggle)
    ph_wireframe_writer_text (writer, label);

  if (label != NULL)
    ph_wireframe_writer_end (writer);
}

static void
write_star (PhWireframeWriter *writer,
            const char *path)
{
  ph_wireframe_writer_begin (writer, take_id (writer), "svg");
  ph_wireframe_writer_attribute (writer, "style", "height:100%;overflow:hidden;");
  ph_wireframe_writer_attribute (writer, "viewBox", "0 0 24 24");
  ph_wireframe_writer_attribute (writer, "fill", "currentColor");
  ph_wireframe_writer_children (writer);
  ph_wireframe_writer_begin (writer, take_id (writer), "path");
  ph_wireframe_writer_attribute (writer, "d", path);
  ph_wireframe_writer_children (writer);
  ph_wireframe_writer_end (writer);
  ph_wireframe_writer_end (writer);
}

static void
write_rating (PhWireframeWriter *writer,
              PhJsonValue wireframe,
              double value,
              double max)
{
  static const char *const paths[] = {
    "M12,17.3L18.2,21L16.5,14L22,9.2L14.8,8.6L12,2L9.2,8.6L2,9.2L7.5,14L5.8,21Z",
    "M12,15.4V6.1L13.7,10.1L18.1,10.5L14.8,13.4L15.8,17.7M22,9.2L14.8,8.6L12,2L9.2,8.6L2,9.2"
    "L7.5,14L5.8,21L12,17.3L18.2,21L16.5,14Z",
    "M12,15.4L8.2,17.7L9.2,13.4L5.9,10.5L10.3,10.1L12,6.1L13.7,10.1L18.1,10.5L14.8,13.4L15.8,17.7"
    "M22,9.2L14.8,8.6L12,2L9.2,8.6L2,9.2L7.5,14L5.8,21L12,17.3L18.2,21L16.5,14Z",
  };
  g_autoptr (GString) style = g_string_new (NULL);

  begin_styled (writer, wireframe, "div", NULL, "");
  ph_wireframe_writer_children (writer);
  ph_wireframe_style_colors (style, wireframe, NULL);
  g_string_append (style, "position:relative;display:flex;flex-direction:row;padding:2px 4px;");
  write_element (writer, "div", style->str);

  for (int i = 0; i < CLAMP (max, 0, MAX_STARS); i++)
    write_star (writer, paths[i + 1 <= value ? 0 : i < value ? 1
                                                             : 2]);

  ph_wireframe_writer_end (writer);
  ph_wireframe_writer_end (writer);
}

static void
write_circle (PhWireframeWriter *writer,
              PhJsonValue wireframe,
              double part)
{
  const char *color = ph_wireframe_style_get (wireframe, "color");
  const char *background = ph_wireframe_style_get (wireframe, "backgroundColor");
  g_autoptr (GString) style = g_string_new (NULL);
  g_autoptr (GString) inner = g_string_new ("width:100%;height:100%;border-radius:50%;");

  color = color != NULL ? color : FOREGROUND;
  background = background != NULL ? background : BACKGROUND;
  ph_wireframe_style_plain (style, wireframe, NULL);
  ph_wireframe_writer_begin (writer, get_id (writer, wireframe), "div");
  ph_wireframe_writer_attribute (writer, "style", style->str);
  ph_wireframe_writer_children (writer);

  if (part >= 0)
    g_string_append_printf (inner,
                            "background:radial-gradient(closest-side,white 80%%,transparent 0 "
                            "99.9%%,white 0),conic-gradient(%s %d%%,%s 0);",
                            color, (int) (part * 100), background);
  else
    g_string_append_printf (inner, "background-color:%s;border:4px solid %s;border-top-color:#fff;"
                                   "box-sizing:border-box;",
                            background, color);

  write_element (writer, "div", inner->str);
  ph_wireframe_writer_end (writer);
  write_children (writer, wireframe);
  ph_wireframe_writer_end (writer);
}

static void
write_progress (PhWireframeWriter *writer,
                PhJsonValue wireframe)
{
  const char *bar = ph_wireframe_style_get (wireframe, "bar");
  g_autofree char *value_text = dup_scalar (wireframe, "value");
  g_autofree char *max_text = dup_scalar (wireframe, "max");
  double value = 0;
  double max = 1;
  gboolean has_value = ph_json_member_double (wireframe, "value", &value);
  gboolean has_max = ph_json_member_double (wireframe, "max", &max) && max > 0;

  if (g_strcmp0 (bar, "rating") == 0 && has_value && has_max)
    write_rating (writer, wireframe, value, max);
  else if (g_strcmp0 (bar, "rating") == 0)
    write_placeholder (writer, wireframe, NULL);
  else if (g_strcmp0 (bar, "circular") == 0)
    write_circle (writer, wireframe,
                  has_value && value > 0 && max > 0 && value <= max ? value / max : -1);
  else
    {
      begin_styled (writer, wireframe, "progress", NULL, "");

      if (value_text != NULL && has_value && value > 0)
        ph_wireframe_writer_attribute (writer, "value", value_text);

      if (max_text != NULL && has_max)
        ph_wireframe_writer_attribute (writer, "max", max_text);

      ph_wireframe_writer_children (writer);
      ph_wireframe_writer_end (writer);
    }
}

static void
write_input (PhWireframeWriter *writer,
             PhJsonValue wireframe)
{
  const char *kind = get_text (wireframe, "inputType");

  if (kind == NULL)
    write_box (writer, wireframe, "", NULL);
  else if (strcmp (kind, "button") == 0)
    write_button (writer, wireframe);
  else if (strcmp (kind, "select") == 0)
    write_select (writer, wireframe);
  else if (strcmp (kind, "progress") == 0)
    write_progress (writer, wireframe);
  else if (strcmp (kind, "checkbox") == 0 || strcmp (kind, "radio") == 0 ||
           strcmp (kind, "toggle") == 0)
    write_choice (writer, wireframe, kind);
  else
    write_field (writer, wireframe, kind);
}

/* ---- bars ---- */

/* The time of day in UTC: the phone's own zone is not told. */
static void
write_status_bar (PhWireframeWriter *writer,
                  PhJsonValue wireframe)
{
  const char *background = ph_wireframe_style_get (wireframe, "backgroundColor");
  const PhWireframeOverride override = {
    .color = ph_wireframe_is_light (background) ? "black" : "white",
  };
  g_autoptr (GString) style = g_string_new (NULL);
  gint64 minutes = writer->time / 60000;
  g_autofree char *clock = g_strdup_printf ("%02d:%02d", (int) (minutes / 60 % 24),
                                            (int) (minutes % 60));

  ph_wireframe_style_all (style, wireframe, &override);
  g_string_append (style, "display:flex;flex-direction:row;align-items:center;");
  ph_wireframe_writer_begin (writer, PH_WIREFRAME_STATUS, "div");
  ph_wireframe_writer_attribute (writer, "style", style->str);
  ph_wireframe_writer_children (writer);
  write_element (writer, "div", "width:5px;");
  ph_wireframe_writer_end (writer);
  write_element (writer, "div", "");
  ph_wireframe_writer_text (writer, clock);
  ph_wireframe_writer_end (writer);
  ph_wireframe_writer_end (writer);
}

static void
write_navigation_bar (PhWireframeWriter *writer,
                      PhJsonValue wireframe)
{
  static const char *const icons[] = { "◀", "⚪", "⬜️" };
  const char *background = ph_wireframe_style_get (wireframe, "backgroundColor");
  g_autofree char *more = NULL;

  g_free (writer->bar_background);
  writer->bar_background = g_strdup (background);
  more = g_strdup_printf ("display:flex;flex-direction:row;align-items:center;"
                          "justify-content:space-around;color:%s;",
                          ph_wireframe_is_light (background) ? "black" : "white");
  begin_styled (writer, wireframe, "div", NULL, more);
  ph_wireframe_writer_children (writer);

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      write_element (writer, "div", "");
      ph_wireframe_writer_text (writer, icons[i]);
      ph_wireframe_writer_end (writer);
    }

  ph_wireframe_writer_end (writer);
}

void
ph_wireframe_write_keyboard (PhWireframeWriter *writer,
                             PhJsonValue payload)
{
  const char *background = writer->bar_background;
  gint64 x = 0;
  gint64 y = 0;
  gint64 width = 0;
  gboolean is_placed = (ph_json_member_int (payload, "x", &x) && x > 0) ||
                       (ph_json_member_int (payload, "y", &y) && y > 0);
  const PhWireframeOverride override = {
    .vertical_align = "center",
    .horizontal_align = "center",
    .background_color = background != NULL ? background : BACKGROUND,
    .color = background == NULL                   ? FOREGROUND
             : ph_wireframe_is_light (background) ? "black"
                                                  : "white",
    .is_striped = TRUE,
    .at_bottom = !is_placed,
  };
  g_autoptr (GString) style = g_string_new (NULL);

  g_return_if_fail (writer != NULL);

  if (!ph_json_member_int (payload, "width", &width) || width <= 0)
    g_string_append (style, "width:100vw;");

  ph_wireframe_style_all (style, payload, &override);
  ph_wireframe_writer_begin (writer, PH_WIREFRAME_KEYBOARD, "div");
  ph_wireframe_writer_attribute (writer, "style", style->str);
  ph_wireframe_writer_children (writer);
  ph_wireframe_writer_text (writer, "keyboard");
  ph_wireframe_writer_end (writer);
}

/* ---- all of them ---- */

static void
write_kind (PhWireframeWriter *writer,
            PhJsonValue wireframe,
            const char *type)
{
  if (strcmp (type, "text") == 0)
    write_box (writer, wireframe, "overflow:hidden;white-space:normal;",
               get_text (wireframe, "text"));
  else if (strcmp (type, "image") == 0 || strcmp (type, "screenshot") == 0)
    write_picture (writer, wireframe);
  else if (strcmp (type, "rectangle") == 0 || strcmp (type, "radio_group") == 0)
    write_box (writer, wireframe, "", NULL);
  else if (strcmp (type, "input") == 0)
    write_input (writer, wireframe);
  else if (strcmp (type, "web_view") == 0)
    write_placeholder (writer, wireframe, get_text (wireframe, "url"));
  else if (strcmp (type, "placeholder") == 0)
    write_placeholder (writer, wireframe, get_text (wireframe, "label"));
  else if (strcmp (type, "status_bar") == 0)
    write_status_bar (writer, wireframe);
  else if (strcmp (type, "navigation_bar") == 0)
    write_navigation_bar (writer, wireframe);
  else if (strcmp (type, "div") == 0)
    write_box (writer, wireframe, "overflow:hidden;white-space:nowrap;", NULL);
  else
    write_placeholder (writer, wireframe, type);
}

/* Bars are drawn over all else, so of a whole screen they wait. */
static gboolean
put_aside (PhWireframeWriter *writer,
           PhJsonValue wireframe,
           const char *type)
{
  if (writer->is_flat)
    return FALSE;

  if (strcmp (type, "status_bar") == 0)
    writer->status_bar = wireframe;
  else if (strcmp (type, "navigation_bar") == 0)
    writer->navigation_bar = wireframe;
  else
    return FALSE;

  return TRUE;
}

/* Updates bring whole trees, so a piece may come more than once in one event. */
static gboolean
is_written (PhWireframeWriter *writer,
            PhJsonValue wireframe)
{
  gint64 id = 0;

  return writer->written != NULL && ph_json_member_int (wireframe, "id", &id) && id > 0 &&
         !g_hash_table_add (writer->written, g_memdup2 (&id, sizeof id));
}

void
ph_wireframe_write (PhWireframeWriter *writer,
                    PhJsonValue wireframe)
{
  const char *type = "div";

  g_return_if_fail (writer != NULL);

  ph_json_member_string (wireframe, "type", &type, NULL);

  if (ph_json_type (wireframe) != PH_JSON_OBJECT || writer->depth == PH_WIREFRAME_MAX_DEPTH ||
      put_aside (writer, wireframe, type) || is_written (writer, wireframe))
    return;

  writer->depth++;
  write_kind (writer, wireframe, type);
  writer->depth--;
}

void
ph_wireframe_write_bar (PhWireframeWriter *writer,
                        PhJsonValue bar)
{
  const char *type = NULL;

  g_return_if_fail (writer != NULL);

  if (ph_json_member_string (bar, "type", &type, NULL))
    write_kind (writer, bar, type);
}

void
ph_wireframe_write_list (PhWireframeWriter *writer,
                         PhJsonValue wireframes)
{
  PhJsonIter iter;
  PhJsonValue wireframe;

  if (ph_json_type (wireframes) != PH_JSON_ARRAY)
    return;

  ph_json_iter_init (&iter, wireframes);

  while (ph_json_next (&iter, NULL, &wireframe))
    ph_wireframe_write (writer, wireframe);
}
