/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-wireframe.h"

#include "ph-json-write.h"
#include "ph-wireframe-node.h"

#include <string.h>

struct _PhWireframe
{
  PhWireframeWriter writer;
};

static GHashTable *
new_id_table (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

PhWireframe *
ph_wireframe_new (void)
{
  PhWireframe *self = g_new0 (PhWireframe, 1);

  self->writer.ids = new_id_table ();
  self->writer.next_id = PH_WIREFRAME_FIRST_ID;
  self->writer.parents = g_array_new (FALSE, FALSE, sizeof (gint32));

  return self;
}

void
ph_wireframe_free (PhWireframe *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->writer.ids);
  g_array_unref (self->writer.parents);
  g_free (self->writer.bar_background);
  g_free (self);
}

static gboolean
is_keyboard (const PhEvent *event,
             PhJsonValue data)
{
  const char *tag = NULL;

  return event->type == PH_EVENT_CUSTOM && ph_json_member_string (data, "tag", &tag, NULL) &&
         strcmp (tag, "keyboard") == 0;
}

static gboolean
holds_wireframes (PhJsonValue list)
{
  PhJsonIter iter;
  PhJsonValue first;

  ph_json_iter_init (&iter, list);

  return ph_json_type (list) == PH_JSON_ARRAY && ph_json_next (&iter, NULL, &first) &&
         ph_json_type (ph_json_member (first, "wireframe")) == PH_JSON_OBJECT;
}

gboolean
ph_wireframe_is_one (const PhEvent *event,
                     PhJsonValue root)
{
  PhJsonValue data = ph_json_member (root, "data");

  g_return_val_if_fail (event != NULL, FALSE);

  if (event->type == PH_EVENT_FULL_SNAPSHOT)
    return ph_json_type (ph_json_member (data, "wireframes")) == PH_JSON_ARRAY;

  return is_keyboard (event, data) ||
         (event->source == PH_SOURCE_MUTATION &&
          (holds_wireframes (ph_json_member (data, "adds")) ||
           holds_wireframes (ph_json_member (data, "updates"))));
}

gboolean
ph_wireframe_get_size (PhJsonValue root,
                       gint64 *width,
                       gint64 *height)
{
  PhJsonIter iter;
  PhJsonValue first;
  PhJsonValue wireframes = ph_json_member (ph_json_member (root, "data"), "wireframes");

  if (ph_json_type (wireframes) != PH_JSON_ARRAY)
    return FALSE;

  ph_json_iter_init (&iter, wireframes);

  return ph_json_next (&iter, NULL, &first) && ph_json_member_int (first, "width", width) &&
         ph_json_member_int (first, "height", height) && *width > 0 && *height > 0;
}

/* All of the event but what it is and what it holds. */
static void
end_event (GString *out,
           PhJsonValue root)
{
  PhJsonIter iter;
  PhJsonValue value;
  const char *name;

  ph_json_iter_init (&iter, root);

  while (ph_json_next (&iter, &name, &value))
    {
      if (strcmp (name, "type") == 0 || strcmp (name, "data") == 0)
        continue;

      g_string_append_c (out, ',');
      ph_json_write_key (out, name);
      ph_json_write_value (out, value);
    }

  g_string_append_c (out, '}');
}

/* ---- whole screens ---- */

/* So that no browser's own looks come in. */
#define RESET                                                                                \
  "body{margin:unset}input,button,select,textarea{font:inherit;margin:0;padding:0;border:0;" \
  "outline:0;background:transparent;padding-block:0}img{border-style:none}"

static void
write_head (PhWireframeWriter *writer)
{
  ph_wireframe_writer_begin (writer, PH_WIREFRAME_HEAD, "head");
  ph_wireframe_writer_children (writer);
  ph_wireframe_writer_begin (writer, writer->next_id++, "style");
  ph_wireframe_writer_attribute (writer, "type", "text/css");
  ph_wireframe_writer_children (writer);
  ph_wireframe_writer_text (writer, RESET);
  ph_wireframe_writer_end (writer);
  ph_wireframe_writer_end (writer);
}

static void
write_bar_parent (PhWireframeWriter *writer,
                  gint32 id,
                  PhJsonValue bar)
{
  ph_wireframe_writer_begin (writer, id, "div");
  ph_wireframe_writer_children (writer);
  ph_wireframe_write_bar (writer, bar);
  ph_wireframe_writer_end (writer);
}

static void
write_screen (PhWireframeWriter *writer,
              PhJsonValue root)
{
  static const PhJsonValue none = { 0 };
  const char *size = "height:100vh;width:100vw;";
  PhJsonValue data = ph_json_member (root, "data");

  g_hash_table_remove_all (writer->ids);
  writer->next_id = PH_WIREFRAME_FIRST_ID;
  writer->is_flat = FALSE;
  writer->has_keyboard = FALSE;
  writer->status_bar = none;
  writer->navigation_bar = none;

  g_string_append_printf (writer->out,
                          "{\"type\":2,\"data\":{\"node\":{\"type\":0,\"id\":%d,\"childNodes\":["
                          "{\"type\":1,\"id\":%d,\"name\":\"html\",\"publicId\":\"\","
                          "\"systemId\":\"\"}",
                          PH_WIREFRAME_DOCUMENT, PH_WIREFRAME_DOCTYPE);
  ph_wireframe_writer_begin (writer, PH_WIREFRAME_HTML, "html");
  ph_wireframe_writer_attribute (writer, "style", size);
  ph_wireframe_writer_children (writer);
  write_head (writer);
  ph_wireframe_writer_begin (writer, PH_WIREFRAME_BODY, "body");
  ph_wireframe_writer_attribute (writer, "style", size);
  ph_wireframe_writer_children (writer);
  ph_wireframe_write_list (writer, ph_json_member (data, "wireframes"));
  write_bar_parent (writer, PH_WIREFRAME_KEYBOARD_PARENT, none);
  write_bar_parent (writer, PH_WIREFRAME_NAVIGATION_PARENT, writer->navigation_bar);
  write_bar_parent (writer, PH_WIREFRAME_STATUS_PARENT, writer->status_bar);
  ph_wireframe_writer_end (writer);
  ph_wireframe_writer_end (writer);
  g_string_append (writer->out, "]},\"initialOffset\":{\"top\":0,\"left\":0}}");
  end_event (writer->out, root);
}

/* ---- changes ---- */

/* The node of a wireframe; of one that is not there, the body: places are those of the screen. */
static gint32
find_node (PhWireframeWriter *writer,
           gint64 wireframe)
{
  gint32 id = ph_wireframe_writer_find (writer, wireframe);

  return id != 0 ? id : PH_WIREFRAME_BODY;
}

static void
write_remove (PhWireframeWriter *writer,
              PhJsonValue entry,
              gint64 wireframe)
{
  gint64 parent = 0;
  gint32 id = ph_wireframe_writer_find (writer, wireframe);

  /* An update of what is not there yet is an addition. */
  if (id == 0)
    return;

  if (writer->out->str[writer->out->len - 1] != '[')
    g_string_append_c (writer->out, ',');

  ph_json_member_int (entry, "parentId", &parent);
  g_string_append_printf (writer->out, "{\"parentId\":%d,\"id\":%d}", find_node (writer, parent),
                          id);
}

static void
write_removes (PhWireframeWriter *writer,
               PhJsonValue data)
{
  g_autoptr (GHashTable) seen = new_id_table ();
  static const char *const lists[] = { "removes", "updates" };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      PhJsonValue list = ph_json_member (data, lists[i]);
      PhJsonIter iter;
      PhJsonValue entry;

      if (ph_json_type (list) != PH_JSON_ARRAY)
        continue;

      ph_json_iter_init (&iter, list);

      while (ph_json_next (&iter, NULL, &entry))
        {
          PhJsonValue named = i == 0 ? entry : ph_json_member (entry, "wireframe");
          gint64 id = 0;

          if (ph_json_member_int (named, "id", &id) &&
              g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
            write_remove (writer, entry, id);
        }
    }
}

static void
write_adds (PhWireframeWriter *writer,
            PhJsonValue list)
{
  PhJsonIter iter;
  PhJsonValue entry;

  if (ph_json_type (list) != PH_JSON_ARRAY)
    return;

  ph_json_iter_init (&iter, list);

  while (ph_json_next (&iter, NULL, &entry))
    {
      PhJsonValue wireframe = ph_json_member (entry, "wireframe");
      const char *type = NULL;
      gint64 parent = 0;
      gint32 id = PH_WIREFRAME_BODY;

      ph_json_member_int (entry, "parentId", &parent);

      /* A picture of the whole screen is in none of its pieces. */
      if (!ph_json_member_string (wireframe, "type", &type, NULL) ||
          strcmp (type, "screenshot") != 0)
        id = find_node (writer, parent);

      g_array_append_val (writer->parents, id);
      ph_wireframe_write (writer, wireframe);
      g_array_set_size (writer->parents, 0);
    }
}

static void
write_change (PhWireframeWriter *writer,
              PhJsonValue root)
{
  g_autoptr (GHashTable) written = new_id_table ();
  PhJsonValue data = ph_json_member (root, "data");

  writer->is_flat = TRUE;
  writer->written = written;
  g_string_append (writer->out, "{\"type\":3,\"data\":{\"source\":0,\"texts\":[],\"attributes\":[],"
                                "\"removes\":[");
  write_removes (writer, data);
  g_string_append (writer->out, "],\"adds\":[");
  write_adds (writer, ph_json_member (data, "adds"));
  write_adds (writer, ph_json_member (data, "updates"));
  g_string_append (writer->out, "]}");
  end_event (writer->out, root);
  writer->written = NULL;
}

static void
write_keyboard (PhWireframeWriter *writer,
                PhJsonValue root)
{
  PhJsonValue payload = ph_json_member (ph_json_member (root, "data"), "payload");
  gint32 parent = PH_WIREFRAME_KEYBOARD_PARENT;
  gboolean is_open = FALSE;

  ph_json_member_bool (payload, "open", &is_open);
  writer->is_flat = TRUE;
  g_string_append (writer->out, "{\"type\":3,\"data\":{\"source\":0,\"texts\":[],\"attributes\":[],"
                                "\"removes\":[");

  /* One that is opened again is another one; the first time there is none to remove. */
  if (writer->has_keyboard)
    g_string_append_printf (writer->out, "{\"parentId\":%d,\"id\":%d}", parent,
                            PH_WIREFRAME_KEYBOARD);

  g_string_append (writer->out, "],\"adds\":[");

  if (is_open)
    {
      g_array_append_val (writer->parents, parent);
      ph_wireframe_write_keyboard (writer, payload);
      g_array_set_size (writer->parents, 0);
    }

  writer->has_keyboard = is_open;
  g_string_append (writer->out, "]}");
  end_event (writer->out, root);
}

/* ---- what touches a screen ---- */

static void
write_with_ids (PhWireframeWriter *writer,
                PhJsonValue value,
                gboolean is_outer)
{
  PhJsonIter iter;
  PhJsonValue member;
  const char *name;

  g_string_append_c (writer->out, '{');
  ph_json_iter_init (&iter, value);

  while (ph_json_next (&iter, &name, &member))
    {
      gint64 id;

      if (writer->out->str[writer->out->len - 1] != '{')
        g_string_append_c (writer->out, ',');

      ph_json_write_key (writer->out, name);

      if (strcmp (name, "id") == 0 && ph_json_get_int (member, &id))
        g_string_append_printf (writer->out, "%d", find_node (writer, id));
      else if (is_outer && strcmp (name, "positions") == 0 &&
               ph_json_type (member) == PH_JSON_ARRAY)
        {
          PhJsonIter positions;
          PhJsonValue position;

          g_string_append_c (writer->out, '[');
          ph_json_iter_init (&positions, member);

          while (ph_json_next (&positions, NULL, &position))
            {
              if (writer->out->str[writer->out->len - 1] != '[')
                g_string_append_c (writer->out, ',');

              write_with_ids (writer, position, FALSE);
            }

          g_string_append_c (writer->out, ']');
        }
      else
        ph_json_write_value (writer->out, member);
    }

  g_string_append_c (writer->out, '}');
}

static void
write_touch (PhWireframeWriter *writer,
             PhJsonValue root)
{
  g_string_append (writer->out, "{\"type\":3,\"data\":");
  write_with_ids (writer, ph_json_member (root, "data"), TRUE);
  end_event (writer->out, root);
}

gboolean
ph_wireframe_translate (PhWireframe *self,
                        const PhEvent *event,
                        PhJsonValue root,
                        GString *out)
{
  PhJsonValue data = ph_json_member (root, "data");
  PhWireframeWriter *writer;

  g_return_val_if_fail (self != NULL && event != NULL && out != NULL, FALSE);

  writer = &self->writer;
  writer->out = out;
  writer->time = event->timestamp / 1000;
  g_array_set_size (writer->parents, 0);
  g_string_truncate (out, 0);

  if (ph_json_type (data) != PH_JSON_OBJECT)
    return FALSE;

  if (event->type == PH_EVENT_FULL_SNAPSHOT &&
      ph_json_type (ph_json_member (data, "wireframes")) == PH_JSON_ARRAY)
    write_screen (writer, root);
  else if (is_keyboard (event, data))
    write_keyboard (writer, root);
  else if (event->source == PH_SOURCE_MUTATION)
    write_change (writer, root);
  else if (event->source != PH_SOURCE_NONE)
    write_touch (writer, root);
  else
    return FALSE;

  return TRUE;
}
