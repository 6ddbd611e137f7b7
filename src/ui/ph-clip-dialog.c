/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-dialog.h"

#include "ph-accessible.h"
#include "ph-clip-choices.h"
#include "ph-clip-combo.h"
#include "ph-clip-preview.h"
#include "ph-clip-settings.h"
#include "ph-text.h"
#include "ph-transport.h"
#include "ph-visible.h"

#include <glib/gi18n.h>

/* Of the two pictures, in pixels. */
#define PICTURE_WIDTH 520
#define PICTURE_HEIGHT 292
/* While one types a time no picture is made of every key. */
#define PICTURE_DELAY 250
#define MAX_TITLE 200

struct _PhClipDialog
{
  AdwWindow parent_instance;

  PhSession *session;
  PhAssetShelf *assets;
  PhNotes *notes;
  guint32 window;

  PhSpan span;
  char *problem; /* why nothing can be made, or NULL */
  gboolean is_marked;
  gboolean is_filling; /* what changes is not what a person chose */
  PhClipSettings choice;
  int page_width, page_height; /* at the begin */
  PhTime measured;             /* when that is */
  PhClipSize shown[PH_CLIP_N_SIZES];
  guint n_shown;
  PhClipPreview *preview;
  guint delay; /* source: before pictures are made */

  /* Template children */
  GtkPicture *first;
  GtkPicture *last;
  GtkWidget *last_box;
  GtkEditable *from;
  GtkEditable *to;
  GtkLabel *span_note;
  AdwComboRow *form;
  AdwPreferencesRow *missing;
  GtkButton *use_other;
  GtkWidget *export;
  AdwComboRow *size;
  AdwComboRow *cells;
  AdwComboRow *rate;
  AdwComboRow *speed;
  GtkWidget *idle_row;
  GtkSwitch *idle;
  GtkWidget *drawn;
  GtkSwitch *pointer;
  GtkSwitch *clicks;
  GtkSwitch *address;
  GtkSwitch *clock;
  GtkWidget *clock_row;
  GtkSwitch *captions;
  GtkWidget *captions_row;
  GtkWidget *carried;
  GtkSwitch *facts;
  GtkWidget *facts_row;
  AdwExpanderRow *card;
  GtkEditable *title_text;
  GtkLabel *estimate;
};

enum
{
  EXPORT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PhClipDialog, ph_clip_dialog, ADW_TYPE_WINDOW)

/* What is chosen */

static PhClipForm
get_form (PhClipDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->form);

  return selected < PH_CLIP_N_FORMS ? (PhClipForm) selected : PH_CLIP_WEBM;
}

/* The next note from @position on that is shown in the span, or NULL. */
static const PhNote *
find_caption (PhClipDialog *self,
              guint *position)
{
  guint n = self->notes != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->notes)) : 0;

  for (; *position < n; (*position)++)
    {
      const PhNote *note = ph_notes_get_note (self->notes, *position);

      if (note->text[0] != '\0' && note->begin < self->span.end &&
          ph_note_get_shown_end (note) > self->span.begin)
        return note;
    }

  return NULL;
}

static void
add_captions (PhClipDialog *self,
              PhClipOrder *order)
{
  const PhNote *note;

  if (!self->choice.captions || (ph_clip_form_has (order->form) & PH_CLIP_HAS_DRAWN) == 0)
    return;

  for (guint i = 0; (note = find_caption (self, &i)) != NULL; i++)
    {
      PhSpan span = { note->begin, ph_note_get_shown_end (note) };
      g_autofree char *text = ph_text_visible (note->text);

      ph_clip_order_add_caption (order, span, text);
    }
}

/* All but whether it can be made. */
static PhClipOrder *
make_order (PhClipDialog *self)
{
  const PhClipSettings *choice = &self->choice;
  PhClipForm form = get_form (self);
  PhClipHas has = ph_clip_form_has (form);
  PhClipOrder *order = ph_clip_order_new (form);
  guint n;
  const PhClipCells *cells = ph_clip_cells (&n);
  PhClipCells sheet = cells[MIN (choice->cells, n - 1)];

  order->span = self->span;
  order->window = self->window;
  order->fps = ph_clip_settings_get_rate (choice, form);
  order->speed = choice->speed;
  order->cut_idle = choice->cut_idle && (has & PH_CLIP_HAS_IDLE) != 0;
  order->pointer = choice->pointer;
  order->clicks = choice->clicks;
  order->address = choice->address;
  order->clock = choice->clock;
  order->no_facts = !choice->facts;
  order->columns = sheet.columns;
  order->rows = sheet.rows;

  if (choice->card && (has & PH_CLIP_HAS_TITLE) != 0)
    order->title = g_strdup (gtk_editable_get_text (self->title_text));

  if ((has & PH_CLIP_HAS_SIZE) != 0)
    ph_clip_size_apply (ph_clip_settings_get_size (choice, form), order, self->page_width,
                        self->page_height);

  if (form == PH_CLIP_RECORDING && self->notes != NULL)
    order->notes = ph_notes_copy_all (self->notes);

  add_captions (self, order);

  return order;
}

PhClipOrder *
ph_clip_dialog_dup_order (PhClipDialog *self)
{
  g_return_val_if_fail (PH_IS_CLIP_DIALOG (self), NULL);

  return self->problem == NULL ? make_order (self) : NULL;
}

/* Pictures */

static void
make_pictures_cb (gpointer user_data)
{
  PhClipDialog *self = PH_CLIP_DIALOG (user_data);

  self->delay = 0;
  ph_clip_preview_show (self->preview, 0, self->span.begin);
  /* What happens at the end is not in it any more. */
  ph_clip_preview_show (self->preview, 1, MAX (self->span.begin, self->span.end - 1));
}

static void
picture_cb (PhClipDialog *self,
            guint place,
            GdkTexture *texture)
{
  gtk_picture_set_paintable (place == 0 ? self->first : self->last, GDK_PAINTABLE (texture));
}

/* Rows */

/* Those that are smaller than what was recorded, each once. */
static void
fill_sizes (PhClipDialog *self,
            const PhClipOrder *order)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  PhClipSize chosen = ph_clip_settings_get_size (&self->choice, order->form);
  int least = G_MAXINT;
  guint selected = 0;

  self->n_shown = 0;

  for (guint i = 0; i < PH_CLIP_N_SIZES; i++)
    {
      PhClipOrder sized = *order;
      int width;

      ph_clip_size_apply ((PhClipSize) i, &sized, self->page_width, self->page_height);
      width = sized.width > 0 ? sized.width : MAX (self->page_width, 1);

      if (width < least)
        {
          g_ptr_array_add (texts, ph_clip_size_get_title ((PhClipSize) i, order,
                                                          self->page_width, self->page_height));
          self->shown[self->n_shown++] = (PhClipSize) i;
          least = width;
        }

      /* One that would be larger is as recorded. */
      if (i <= chosen)
        selected = self->n_shown - 1;
    }

  ph_clip_combo_set (self->size, texts, selected);
}

static void
fill_rates (PhClipDialog *self,
            PhClipForm form)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint max = ph_clip_form_get_info (form)->max_fps;
  guint n;
  const guint *rates = ph_clip_rates (&n);
  guint selected = ph_clip_find_nearest (rates, n, ph_clip_settings_get_rate (&self->choice, form));

  for (guint i = 0; i < n && rates[i] <= max; i++)
    g_ptr_array_add (texts, g_strdup_printf ("%u", rates[i]));

  ph_clip_combo_set (self->rate, texts, MIN (selected, MAX (texts->len, 1) - 1));
}

static void
fill_forms (PhClipDialog *self)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; i < PH_CLIP_N_FORMS; i++)
    g_ptr_array_add (texts, (gpointer) _ (ph_clip_form_get_info ((PhClipForm) i)->title));

  ph_clip_combo_set (self->form, texts, self->choice.form);
}

static void
fill_speeds (PhClipDialog *self)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint n;
  const guint *speeds = ph_clip_speeds (&n);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (texts, ph_transport_format_speed (speeds[i] / 1000.0));

  ph_clip_combo_set (self->speed, texts, ph_clip_find_nearest (speeds, n, self->choice.speed));
}

static void
fill_cells (PhClipDialog *self)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint n;
  const PhClipCells *cells = ph_clip_cells (&n);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (texts, g_strdup_printf ("%u × %u", cells[i].columns, cells[i].rows));

  ph_clip_combo_set (self->cells, texts, MIN (self->choice.cells, n - 1));
}

/* The first of the same sort that can be made here. */
static PhClipForm
find_other (PhClipForm form)
{
  gboolean is_film = ph_clip_form_get_info (form)->is_film;

  for (guint i = 0; i < PH_CLIP_N_FORMS; i++)
    if (ph_clip_form_get_info ((PhClipForm) i)->is_film == is_film &&
        ph_clip_form_check ((PhClipForm) i, NULL))
      return (PhClipForm) i;

  return PH_CLIP_PNG;
}

/* A part that makes it is missing here: which, and what works without it. */
static gboolean
check_form (PhClipDialog *self,
            PhClipForm form)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  gboolean ok = ph_clip_form_check (form, &error);

  gtk_widget_set_visible (GTK_WIDGET (self->missing), !ok);

  if (ok)
    return TRUE;

  /* Translators: the name of a form, as in “GIF animation”. */
  label = g_strdup_printf (_ ("Use %s"), _ (ph_clip_form_get_info (find_other (form))->title));
  adw_preferences_row_set_title (self->missing, error->message);
  gtk_button_set_label (self->use_other, label);
  self->problem = g_strdup (_ ("This form cannot be made here"));

  return FALSE;
}

static gboolean
has_facts (PhClipDialog *self)
{
  const PhFacts *facts = ph_session_get_facts (self->session);

  for (guint i = 0; i < PH_FACT_N_SECTIONS; i++)
    if (ph_facts_get_n (facts, (PhFactSection) i) > 0)
      return TRUE;

  return FALSE;
}

static void
show_rows (PhClipDialog *self,
           PhClipForm form)
{
  PhClipHas has = ph_clip_form_has (form);
  guint first = 0;
  gboolean has_captions = find_caption (self, &first) != NULL;
  const struct
  {
    GtkWidget *row;
    PhClipHas needs;
  } rows[] = {
    { GTK_WIDGET (self->size), PH_CLIP_HAS_SIZE },
    { GTK_WIDGET (self->cells), PH_CLIP_HAS_CELLS },
    { GTK_WIDGET (self->rate), PH_CLIP_HAS_RATE },
    { GTK_WIDGET (self->speed), PH_CLIP_HAS_SPEED },
    { self->idle_row, PH_CLIP_HAS_IDLE },
    { self->drawn, PH_CLIP_HAS_DRAWN },
    { self->clock_row, PH_CLIP_HAS_CLOCK },
    { GTK_WIDGET (self->card), PH_CLIP_HAS_TITLE },
    { self->carried, PH_CLIP_HAS_FACTS },
    { self->last_box, PH_CLIP_HAS_END },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_set_visible (rows[i].row, (has & rows[i].needs) != 0);

  gtk_widget_set_sensitive (self->facts_row, has_facts (self));
  gtk_widget_set_sensitive (self->captions_row, has_captions);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->captions_row),
                               has_captions ? "" : _ ("There are no notes in this span"));
}

/* Times */

static gboolean
read_time (PhClipDialog *self,
           GtkEditable *entry,
           PhTime *time,
           GError **error)
{
  g_autofree char *shown = ph_time_format_tenths (*time);
  const char *text = gtk_editable_get_text (entry);

  /* More is known of it than is shown. */
  if (g_str_equal (text, shown))
    return TRUE;

  return ph_time_parse (text, ph_session_get_span (self->session),
                        ph_session_get_start_time (self->session), time, error);
}

static void
show_error (GtkEditable *entry,
            const char *message)
{
  if (message != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");

  gtk_widget_set_tooltip_text (GTK_WIDGET (entry), message);
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                               : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
read_span (PhClipDialog *self)
{
  g_autoptr (GError) from_error = NULL;
  g_autoptr (GError) to_error = NULL;
  PhSpan span = self->span;
  gboolean ok = read_time (self, self->from, &span.begin, &from_error);

  if (!read_time (self, self->to, &span.end, &to_error))
    ok = FALSE;
  else if (ok && span.end < span.begin)
    {
      ok = (ph_clip_form_has (get_form (self)) & PH_CLIP_HAS_END) == 0;
      g_set_error_literal (&to_error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("The clip would end before it begins"));
    }

  show_error (self->from, from_error != NULL ? from_error->message : NULL);
  show_error (self->to, to_error != NULL ? to_error->message : NULL);

  if (!ok)
    {
      self->problem = g_strdup (from_error != NULL ? from_error->message : to_error->message);
      return;
    }

  span.end = MAX (span.end, span.begin);

  if (span.begin == self->span.begin && span.end == self->span.end)
    return;

  self->span = span;
  self->is_marked = TRUE;
  g_clear_handle_id (&self->delay, g_source_remove);
  self->delay = g_timeout_add_once (PICTURE_DELAY, make_pictures_cb, self);
}

/* All of it */

static void
show_estimate (PhClipDialog *self,
               const PhClipOrder *order)
{
  g_autofree char *text = NULL;
  guint n;
  const PhSpan *idle = ph_session_get_idle (self->session, &n);

  if (self->problem != NULL)
    {
      g_autofree char *visible = ph_visible_text (self->problem);

      gtk_label_set_text (self->estimate, visible);
      return;
    }

  text = ph_clip_estimate (order, self->page_width, self->page_height, idle, n);
  gtk_label_set_text (self->estimate, text);
}

/* Whatever was changed: what follows from it is shown. */
static void
update (PhClipDialog *self)
{
  g_autoptr (PhClipOrder) order = NULL;
  g_autoptr (GError) error = NULL;
  PhClipForm form = get_form (self);

  self->is_filling = TRUE;
  g_clear_pointer (&self->problem, g_free);
  read_span (self);

  if (self->measured != self->span.begin)
    ph_clip_preview_get_viewport (self->preview, self->span.begin, &self->page_width,
                                  &self->page_height);

  self->measured = self->span.begin;
  order = make_order (self);

  if (self->problem == NULL)
    check_form (self, form);

  if (self->problem == NULL && !ph_clip_order_check (order, self->session, &error))
    self->problem = g_strdup (error->message);

  fill_sizes (self, order);
  fill_rates (self, form);
  show_rows (self, form);
  gtk_widget_set_visible (GTK_WIDGET (self->span_note), !self->is_marked);
  show_estimate (self, order);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "clip.export", self->problem == NULL);
  self->is_filling = FALSE;
}

/* Something was chosen. */
static void
changed_cb (PhClipDialog *self)
{
  PhClipSettings *choice = &self->choice;
  PhClipForm form = get_form (self);
  guint n;
  const guint *rates = ph_clip_rates (&n);
  guint rate = adw_combo_row_get_selected (self->rate);
  guint size = adw_combo_row_get_selected (self->size);
  guint n_speeds;
  const guint *speeds = ph_clip_speeds (&n_speeds);

  if (self->is_filling)
    return;

  /* Size and rate are those of the form that was. */
  if (form == choice->form && size < self->n_shown)
    ph_clip_settings_set_size (choice, form, self->shown[size]);

  if (form == choice->form && rate < n)
    ph_clip_settings_set_rate (choice, form, rates[rate]);

  choice->form = form;
  choice->cells = adw_combo_row_get_selected (self->cells);
  choice->speed = speeds[MIN (adw_combo_row_get_selected (self->speed), n_speeds - 1)];
  choice->cut_idle = gtk_switch_get_active (self->idle);
  choice->pointer = gtk_switch_get_active (self->pointer);
  choice->clicks = gtk_switch_get_active (self->clicks);
  choice->address = gtk_switch_get_active (self->address);
  choice->clock = gtk_switch_get_active (self->clock);
  choice->captions = gtk_switch_get_active (self->captions);
  choice->facts = gtk_switch_get_active (self->facts);
  choice->card = adw_expander_row_get_enable_expansion (self->card);
  update (self);
}

static void
fill (PhClipDialog *self)
{
  const PhClipSettings *choice = &self->choice;
  g_autofree char *from = ph_time_format_tenths (self->span.begin);
  g_autofree char *to = ph_time_format_tenths (self->span.end);
  g_autofree char *title = ph_visible_capped (ph_session_get_title (self->session), MAX_TITLE);

  self->is_filling = TRUE;
  gtk_editable_set_text (self->from, from);
  gtk_editable_set_text (self->to, to);
  gtk_editable_set_text (self->title_text, title);
  fill_forms (self);
  fill_speeds (self);
  fill_cells (self);
  gtk_switch_set_active (self->idle, choice->cut_idle);
  gtk_switch_set_active (self->pointer, choice->pointer);
  gtk_switch_set_active (self->clicks, choice->clicks);
  gtk_switch_set_active (self->address, choice->address);
  gtk_switch_set_active (self->clock, choice->clock);
  gtk_switch_set_active (self->captions, choice->captions);
  gtk_switch_set_active (self->facts, choice->facts);
  adw_expander_row_set_enable_expansion (self->card, choice->card);
  update (self);
}

/* The file */

void
ph_clip_dialog_export (PhClipDialog *self,
                       GFile *file)
{
  g_autoptr (PhClipOrder) order = ph_clip_dialog_dup_order (self);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (PhClip) clip = NULL;

  g_return_if_fail (order != NULL);

  clip = ph_clip_new (self->session, order, file);
  ph_clip_set_assets (clip, self->assets);
  ph_clip_settings_save (&self->choice, folder);
  g_signal_emit (self, signals[EXPORT], 0, clip);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* What the person typed may have no end, or that of another form. */
static GFile *
with_extension (GFile *file,
                PhClipForm form)
{
  g_autofree char *end = g_strconcat (".", ph_clip_form_get_info (form)->extension, NULL);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *longer = g_strconcat (name, end, NULL);
  g_autofree char *lower = g_utf8_strdown (name, -1);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) other = folder != NULL ? g_file_get_child (folder, longer) : NULL;

  /* Nobody was asked whether that one may be replaced. */
  if (g_str_has_suffix (lower, end) || other == NULL || g_file_query_exists (other, NULL))
    return g_object_ref (file);

  return g_steal_pointer (&other);
}

static void
chosen_cb (GtkNativeDialog *chooser,
           int response,
           PhClipDialog *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  gtk_native_dialog_destroy (chooser);
  g_object_unref (chooser);

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && self->problem == NULL)
    {
      g_autoptr (GFile) named = with_extension (file, get_form (self));

      ph_clip_dialog_export (self, named);
    }
}

static void
export_action (GtkWidget *widget,
               const char *action_name,
               GVariant *parameter)
{
  PhClipDialog *self = PH_CLIP_DIALOG (widget);
  g_autoptr (PhClipOrder) order = ph_clip_dialog_dup_order (self);
  g_autoptr (GFile) folder = ph_clip_settings_dup_folder ();
  g_autofree char *name = NULL;
  GtkFileChooserNative *chooser;

  if (order == NULL)
    return;

  name = ph_clip_file_name (order, ph_session_get_title (self->session));
  chooser = gtk_file_chooser_native_new (_ ("Export Clip"), GTK_WINDOW (self),
                                         GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"),
                                         _ ("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);

  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
use_other_action (GtkWidget *widget,
                  const char *action_name,
                  GVariant *parameter)
{
  PhClipDialog *self = PH_CLIP_DIALOG (widget);

  adw_combo_row_set_selected (self->form, find_other (get_form (self)));
}

/* The object */

static void
ph_clip_dialog_dispose (GObject *object)
{
  PhClipDialog *self = PH_CLIP_DIALOG (object);

  g_clear_handle_id (&self->delay, g_source_remove);

  if (self->preview != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->preview, self);
      ph_clip_preview_stop (self->preview);
    }

  self->is_filling = TRUE;
  g_clear_object (&self->preview);
  g_clear_object (&self->session);
  g_clear_object (&self->notes);
  g_clear_pointer (&self->assets, ph_asset_shelf_unref);

  G_OBJECT_CLASS (ph_clip_dialog_parent_class)->dispose (object);
}

static void
ph_clip_dialog_finalize (GObject *object)
{
  g_free (PH_CLIP_DIALOG (object)->problem);

  G_OBJECT_CLASS (ph_clip_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, PhClipDialog, name)
  BIND (first);
  BIND (last);
  BIND (last_box);
  BIND (from);
  BIND (to);
  BIND (span_note);
  BIND (form);
  BIND (missing);
  BIND (use_other);
  BIND (export);
  BIND (size);
  BIND (cells);
  BIND (rate);
  BIND (speed);
  BIND (idle_row);
  BIND (idle);
  BIND (drawn);
  BIND (pointer);
  BIND (clicks);
  BIND (address);
  BIND (clock);
  BIND (clock_row);
  BIND (captions);
  BIND (captions_row);
  BIND (carried);
  BIND (facts);
  BIND (facts_row);
  BIND (card);
  BIND (title_text);
  BIND (estimate);
#undef BIND
}

static void
ph_clip_dialog_class_init (PhClipDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_clip_dialog_dispose;
  object_class->finalize = ph_clip_dialog_finalize;

  signals[EXPORT] = g_signal_new ("export", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, PH_TYPE_CLIP);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/playhead_viewer/Playhead/ph-clip-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "clip.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "clip.use-other", NULL, use_other_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

/* The switch of a row that unfolds has no name in libadwaita 1.2. */
static void
name_switch (GtkWidget *widget,
             const char *name)
{
  if (GTK_IS_SWITCH (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_switch (child, name);
}

static void
follow (PhClipDialog *self)
{
  GtkSwitch *const switches[] = { self->idle, self->pointer, self->clicks, self->address,
                                  self->clock, self->captions, self->facts };
  AdwComboRow *const combos[] = { self->form, self->size, self->cells, self->rate, self->speed };

  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    g_signal_connect_swapped (switches[i], "notify::active", G_CALLBACK (changed_cb), self);

  for (guint i = 0; i < G_N_ELEMENTS (combos); i++)
    {
      ph_clip_combo_init (combos[i]);
      g_signal_connect_swapped (combos[i], "notify::selected", G_CALLBACK (changed_cb), self);
    }

  g_signal_connect_swapped (self->card, "notify::enable-expansion", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->from, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->to, "changed", G_CALLBACK (changed_cb), self);
}

static void
ph_clip_dialog_init (PhClipDialog *self)
{
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_text (self->span_note,
                      _ ("Nothing is marked: 15 seconds around the playhead.\n"
                         "I and O mark a span."));
  name_switch (GTK_WIDGET (self->card), _ ("Title"));
  follow (self);
}

GtkWidget *
ph_clip_dialog_new (GtkWindow *parent,
                    const PhClipDialogInput *input)
{
  PhClipDialog *self = g_object_new (PH_TYPE_CLIP_DIALOG, "transient-for", parent, "modal", TRUE,
                                     "destroy-with-parent", TRUE, NULL);

  g_return_val_if_fail (PH_IS_SESSION (input->session), GTK_WIDGET (self));

  self->session = g_object_ref (input->session);
  self->assets = input->assets != NULL ? ph_asset_shelf_ref (input->assets) : NULL;
  self->notes = input->notes != NULL ? g_object_ref (input->notes) : NULL;
  self->window = input->window;
  self->span = input->span;
  self->measured = PH_TIME_NONE;
  self->is_marked = input->is_marked;
  ph_clip_settings_load (&self->choice);
  self->preview = ph_clip_preview_new (self->session, self->assets, self->window, PICTURE_WIDTH,
                                       PICTURE_HEIGHT);
  g_signal_connect_swapped (self->preview, "picture", G_CALLBACK (picture_cb), self);
  fill (self);
  make_pictures_cb (self);
  /* Enter is enough. */
  gtk_window_set_focus (GTK_WINDOW (self), self->export);
  ph_accessible_tidy_buttons (GTK_WIDGET (self));

  return GTK_WIDGET (self);
}
