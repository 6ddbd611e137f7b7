/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-settings.h"

#include "ph-settings.h"

static gboolean
is_small (PhClipForm form)
{
  return form == PH_CLIP_GIF || form == PH_CLIP_SHEET;
}

static PhClipForm
form_from_name (const char *name)
{
  for (guint i = 0; i < PH_CLIP_N_FORMS; i++)
    if (g_str_equal (ph_clip_form_get_info ((PhClipForm) i)->name, name))
      return (PhClipForm) i;

  return PH_CLIP_WEBM;
}

static guint
nearest (const guint *list,
         guint n,
         double value)
{
  guint whole = (guint) CLAMP (value, 0, 1000000);

  return list[ph_clip_find_nearest (list, n, whole)];
}

void
ph_clip_settings_load (PhClipSettings *settings)
{
  g_autofree char *form = ph_settings_get_string ("clip-form");
  g_autofree char *size = ph_settings_get_string ("clip-size");
  g_autofree char *small_size = ph_settings_get_string ("clip-small-size");
  guint n_rates;
  const guint *rates = ph_clip_rates (&n_rates);
  guint n_speeds;
  const guint *speeds = ph_clip_speeds (&n_speeds);
  guint n_cells;

  ph_clip_cells (&n_cells);
  *settings = (PhClipSettings) {
    .form = form_from_name (form),
    .size = ph_clip_size_from_name (size),
    .small_size = ph_clip_size_from_name (small_size),
    .rate = nearest (rates, n_rates, ph_settings_get_int ("clip-rate")),
    .small_rate = nearest (rates, n_rates, ph_settings_get_int ("clip-small-rate")),
    .speed = nearest (speeds, n_speeds, ph_settings_get_double ("clip-speed") * 1000),
    .cells = (guint) CLAMP (ph_settings_get_int ("clip-cells"), 0, (int) n_cells - 1),
    .cut_idle = ph_settings_get_boolean ("clip-cut-idle"),
    .pointer = ph_settings_get_boolean ("clip-pointer"),
    .clicks = ph_settings_get_boolean ("clip-clicks"),
    .address = ph_settings_get_boolean ("clip-address"),
    .clock = ph_settings_get_boolean ("clip-clock"),
    .captions = ph_settings_get_boolean ("clip-captions"),
    .facts = ph_settings_get_boolean ("clip-facts"),
    .card = ph_settings_get_boolean ("clip-card"),
  };
}

void
ph_clip_settings_save (const PhClipSettings *settings,
                       GFile *folder)
{
  ph_settings_set_string ("clip-form", ph_clip_form_get_info (settings->form)->name);
  ph_settings_set_string ("clip-size", ph_clip_size_get_name (settings->size));
  ph_settings_set_string ("clip-small-size", ph_clip_size_get_name (settings->small_size));
  ph_settings_set_int ("clip-rate", (int) settings->rate);
  ph_settings_set_int ("clip-small-rate", (int) settings->small_rate);
  ph_settings_set_double ("clip-speed", settings->speed / 1000.0);
  ph_settings_set_int ("clip-cells", (int) settings->cells);
  ph_settings_set_boolean ("clip-cut-idle", settings->cut_idle);
  ph_settings_set_boolean ("clip-pointer", settings->pointer);
  ph_settings_set_boolean ("clip-clicks", settings->clicks);
  ph_settings_set_boolean ("clip-address", settings->address);
  ph_settings_set_boolean ("clip-clock", settings->clock);
  ph_settings_set_boolean ("clip-captions", settings->captions);
  ph_settings_set_boolean ("clip-facts", settings->facts);
  ph_settings_set_boolean ("clip-card", settings->card);

  if (folder != NULL)
    {
      g_autofree char *uri = g_file_get_uri (folder);

      ph_settings_set_string ("clip-folder", uri);
    }
}

GFile *
ph_clip_settings_dup_folder (void)
{
  g_autofree char *uri = ph_settings_get_string ("clip-folder");
  const char *videos = g_get_user_special_dir (G_USER_DIRECTORY_VIDEOS);

  if (uri[0] != '\0')
    {
      g_autoptr (GFile) folder = g_file_new_for_uri (uri);

      if (g_file_is_native (folder) && g_file_query_exists (folder, NULL))
        return g_steal_pointer (&folder);
    }

  return videos != NULL && g_file_test (videos, G_FILE_TEST_IS_DIR) ? g_file_new_for_path (videos)
                                                                    : NULL;
}

PhClipSize
ph_clip_settings_get_size (const PhClipSettings *settings,
                           PhClipForm form)
{
  return is_small (form) ? settings->small_size : settings->size;
}

void
ph_clip_settings_set_size (PhClipSettings *settings,
                           PhClipForm form,
                           PhClipSize size)
{
  if (is_small (form))
    settings->small_size = size;
  else
    settings->size = size;
}

guint
ph_clip_settings_get_rate (const PhClipSettings *settings,
                           PhClipForm form)
{
  return MIN (is_small (form) ? settings->small_rate : settings->rate,
              ph_clip_form_get_info (form)->max_fps);
}

void
ph_clip_settings_set_rate (PhClipSettings *settings,
                           PhClipForm form,
                           guint rate)
{
  /* What has one picture only says nothing about it. */
  if (!ph_clip_form_get_info (form)->is_film)
    return;

  if (is_small (form))
    settings->small_rate = rate;
  else
    settings->rate = rate;
}
