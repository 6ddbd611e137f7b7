/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-settings.h"

static const struct
{
  const char *key;
  const char *value; /* as GVariant text; the schema says the same */
} defaults[] = {
  { "speed", "1.0" },
  { "skip-idle", "true" },
  { "trail", "true" },
  { "style", "'default'" },
  { "window-width", "1200" },
  { "window-height", "800" },
  { "window-maximized", "false" },
  { "clip-form", "'webm'" },
  { "clip-size", "'medium'" },
  { "clip-small-size", "'small'" },
  { "clip-rate", "30" },
  { "clip-small-rate", "10" },
  { "clip-speed", "1.0" },
  { "clip-cells", "3" },
  { "clip-cut-idle", "true" },
  { "clip-pointer", "true" },
  { "clip-clicks", "true" },
  { "clip-address", "false" },
  { "clip-clock", "false" },
  { "clip-captions", "true" },
  { "clip-facts", "true" },
  { "clip-card", "false" },
  { "clip-folder", "''" },
};

/* NULL where the schema, or this key of it, is missing. */
static GSettings *
open_settings (const char *key)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, PH_APP_ID, TRUE);

  if (schema == NULL || !g_settings_schema_has_key (schema, key))
    return NULL;

  return g_settings_new_full (schema, NULL, NULL);
}

static GVariant *
default_value (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      if (g_str_equal (defaults[i].key, key))
        return g_variant_parse (NULL, defaults[i].value, NULL, NULL, NULL);
    }

  g_return_val_if_reached (NULL);
}

static GVariant *
get_value (const char *key)
{
  g_autoptr (GSettings) settings = open_settings (key);

  return settings != NULL ? g_settings_get_value (settings, key) : default_value (key);
}

static void
set_value (const char *key,
           GVariant *value)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  g_autoptr (GSettings) settings = open_settings (key);

  if (settings != NULL)
    g_settings_set_value (settings, key, owned);
}

double
ph_settings_get_double (const char *key)
{
  g_autoptr (GVariant) value = get_value (key);

  return g_variant_get_double (value);
}

gboolean
ph_settings_get_boolean (const char *key)
{
  g_autoptr (GVariant) value = get_value (key);

  return g_variant_get_boolean (value);
}

int
ph_settings_get_int (const char *key)
{
  g_autoptr (GVariant) value = get_value (key);

  return g_variant_get_int32 (value);
}

char *
ph_settings_get_string (const char *key)
{
  g_autoptr (GVariant) value = get_value (key);

  return g_variant_dup_string (value, NULL);
}

void
ph_settings_set_double (const char *key,
                        double value)
{
  set_value (key, g_variant_new_double (value));
}

void
ph_settings_set_boolean (const char *key,
                         gboolean value)
{
  set_value (key, g_variant_new_boolean (value));
}

void
ph_settings_set_int (const char *key,
                     int value)
{
  set_value (key, g_variant_new_int32 (value));
}

void
ph_settings_set_string (const char *key,
                        const char *value)
{
  set_value (key, g_variant_new_string (value));
}
