/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-note-item.h"

struct _PhNoteItem
{
  GObject parent_instance;

  PhNote *note;
  gboolean unsaved;
};

G_DEFINE_FINAL_TYPE (PhNoteItem, ph_note_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NOTE,
  PROP_UNSAVED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
ph_note_item_get_property (GObject *object,
                           guint prop_id,
                           GValue *value,
                           GParamSpec *pspec)
{
  PhNoteItem *self = PH_NOTE_ITEM (object);

  switch (prop_id)
    {
    case PROP_NOTE:
      g_value_set_boxed (value, self->note);
      break;

    case PROP_UNSAVED:
      g_value_set_boolean (value, self->unsaved);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
ph_note_item_finalize (GObject *object)
{
  ph_note_free (PH_NOTE_ITEM (object)->note);

  G_OBJECT_CLASS (ph_note_item_parent_class)->finalize (object);
}

static void
ph_note_item_class_init (PhNoteItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ph_note_item_get_property;
  object_class->finalize = ph_note_item_finalize;

  props[PROP_NOTE] = g_param_spec_boxed ("note", NULL, NULL, PH_TYPE_NOTE,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_UNSAVED] = g_param_spec_boolean ("unsaved", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_note_item_init (PhNoteItem *self)
{
}

PhNoteItem *
ph_note_item_new (PhNote *note)
{
  PhNoteItem *self = g_object_new (PH_TYPE_NOTE_ITEM, NULL);

  self->note = note;

  return self;
}

const PhNote *
ph_note_item_get_note (PhNoteItem *self)
{
  g_return_val_if_fail (PH_IS_NOTE_ITEM (self), NULL);

  return self->note;
}

gboolean
ph_note_item_get_unsaved (PhNoteItem *self)
{
  g_return_val_if_fail (PH_IS_NOTE_ITEM (self), FALSE);

  return self->unsaved;
}

void
ph_note_item_take_note (PhNoteItem *self,
                        PhNote *note)
{
  g_autoptr (PhNote) old = NULL;

  g_return_if_fail (PH_IS_NOTE_ITEM (self));

  old = self->note;
  self->note = note;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NOTE]);
}

void
ph_note_item_set_unsaved (PhNoteItem *self,
                          gboolean unsaved)
{
  g_return_if_fail (PH_IS_NOTE_ITEM (self));

  if (self->unsaved == unsaved)
    return;

  self->unsaved = unsaved;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNSAVED]);
}
