/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-allow-control.h"

#include <string.h>

static gboolean
is_masked (const char *value)
{
  return value[0] != '\0' && value[strspn (value, "*")] == '\0';
}

void
ph_allow_add_control (const PhDom *dom,
                      PhSlot slot,
                      GArray *attributes)
{
  static const char *const times[] = { "date", "datetime-local", "month", "time", NULL };
  const char *given = ph_dom_attribute (dom, slot, "type");
  const char *value = ph_dom_held_value (dom, slot);
  g_autofree char *type = NULL;

  if (given == NULL || strcmp (ph_dom_node_name (dom, slot), "input") != 0)
    return;

  if (value == NULL)
    value = ph_dom_attribute (dom, slot, "value");

  if (value == NULL)
    value = "";

  type = g_ascii_strdown (given, -1);

  if (strcmp (type, "number") == 0 && is_masked (value))
    {
      ph_allow_put (attributes, "ph-masked", g_strdup (""));
      ph_allow_put (attributes, "placeholder", g_strdup (value));
    }
  else if (g_strv_contains (times, type) && (value[0] == '\0' || is_masked (value)))
    {
      ph_allow_put (attributes, "ph-unset", g_strdup (""));
    }
  else if (strcmp (type, "week") == 0)
    {
      /* WebKit has no control for weeks. */
      ph_allow_put (attributes, "type", g_strdup ("text"));
    }
}
