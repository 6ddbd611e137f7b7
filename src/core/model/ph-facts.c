/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-facts.h"

#include "ph-json-write.h"
#include "ph-limits.h"

#include <string.h>

typedef struct
{
  char *name;
  char *json;
} Fact;

struct _PhFacts
{
  GArray *sections[PH_FACT_N_SECTIONS]; /* Fact */
};

static const char *const section_names[PH_FACT_N_SECTIONS] = {
  [PH_FACT_USER] = "user",
  [PH_FACT_DEVICE] = "device",
  [PH_FACT_PROPERTY] = "properties",
};

static void
clear_fact (gpointer data)
{
  Fact *fact = data;

  g_free (fact->name);
  g_free (fact->json);
}

PhFacts *
ph_facts_new (void)
{
  PhFacts *facts = g_new0 (PhFacts, 1);

  for (guint i = 0; i < PH_FACT_N_SECTIONS; i++)
    {
      facts->sections[i] = g_array_new (FALSE, FALSE, sizeof (Fact));
      g_array_set_clear_func (facts->sections[i], clear_fact);
    }

  return facts;
}

void
ph_facts_free (PhFacts *facts)
{
  if (facts == NULL)
    return;

  for (guint i = 0; i < PH_FACT_N_SECTIONS; i++)
    g_array_unref (facts->sections[i]);

  g_free (facts);
}

static Fact *
find (const PhFacts *facts,
      PhFactSection section,
      const char *name)
{
  GArray *array = facts->sections[section];

  for (guint i = 0; i < array->len; i++)
    {
      Fact *fact = &g_array_index (array, Fact, i);

      if (strcmp (fact->name, name) == 0)
        return fact;
    }

  return NULL;
}

/* Takes @json. */
static void
set (PhFacts *facts,
     PhFactSection section,
     const char *name,
     GString *json)
{
  g_autofree char *text = NULL;
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  gsize size = json->len;
  Fact *fact = find (facts, section, valid);
  Fact added;

  text = g_string_free (json, FALSE);

  if (*valid == '\0' || strlen (valid) > PH_LIMIT_NAME_BYTES || size > PH_LIMIT_FACT_BYTES)
    return;

  if (fact != NULL)
    {
      g_free (fact->json);
      fact->json = g_steal_pointer (&text);
      return;
    }

  if (facts->sections[section]->len >= PH_LIMIT_FACTS)
    return;

  added = (Fact) { g_steal_pointer (&valid), g_steal_pointer (&text) };
  g_array_append_val (facts->sections[section], added);
}

void
ph_facts_set_text (PhFacts *facts,
                   PhFactSection section,
                   const char *name,
                   const char *text)
{
  g_autofree char *valid = NULL;
  GString *json;

  g_return_if_fail (facts != NULL && section < PH_FACT_N_SECTIONS && name != NULL);

  if (text == NULL || *text == '\0')
    return;

  json = g_string_new (NULL);
  valid = g_utf8_make_valid (text, -1);
  ph_json_write_string (json, valid, -1);
  set (facts, section, name, json);
}

void
ph_facts_set_json (PhFacts *facts,
                   PhFactSection section,
                   const char *name,
                   PhJsonValue value)
{
  PhJsonType type = ph_json_type (value);
  GString *json;

  g_return_if_fail (facts != NULL && section < PH_FACT_N_SECTIONS && name != NULL);

  if (type == PH_JSON_NONE || type == PH_JSON_NULL)
    return;

  json = g_string_new (NULL);
  ph_json_write_value (json, value);

  if (strcmp (json->str, "\"\"") == 0)
    g_string_free (json, TRUE);
  else
    set (facts, section, name, json);
}

void
ph_facts_set_members (PhFacts *facts,
                      PhFactSection section,
                      PhJsonValue object)
{
  PhJsonIter iter;
  PhJsonValue value;
  const char *key;

  if (ph_json_type (object) != PH_JSON_OBJECT)
    return;

  ph_json_iter_init (&iter, object);

  while (ph_json_next (&iter, &key, &value))
    ph_facts_set_json (facts, section, key, value);
}

guint
ph_facts_get_n (const PhFacts *facts,
                PhFactSection section)
{
  g_return_val_if_fail (facts != NULL && section < PH_FACT_N_SECTIONS, 0);

  return facts->sections[section]->len;
}

const char *
ph_facts_get_name (const PhFacts *facts,
                   PhFactSection section,
                   guint index)
{
  g_return_val_if_fail (index < ph_facts_get_n (facts, section), NULL);

  return g_array_index (facts->sections[section], Fact, index).name;
}

const char *
ph_facts_get_json (const PhFacts *facts,
                   PhFactSection section,
                   guint index)
{
  g_return_val_if_fail (index < ph_facts_get_n (facts, section), NULL);

  return g_array_index (facts->sections[section], Fact, index).json;
}

char *
ph_facts_dup_text (const PhFacts *facts,
                   PhFactSection section,
                   guint index)
{
  const char *text = ph_facts_get_json (facts, section, index);
  g_autoptr (PhJson) json = ph_json_new ();
  const char *string = NULL;
  PhJsonValue root;

  g_return_val_if_fail (text != NULL, NULL);

  if (ph_json_parse (json, text, strlen (text), &root, NULL) &&
      ph_json_get_string (root, &string, NULL))
    return g_strdup (string);

  return g_strdup (text);
}

const char *
ph_facts_section_name (PhFactSection section)
{
  g_return_val_if_fail (section < PH_FACT_N_SECTIONS, NULL);

  return section_names[section];
}

static void
write_section (GString *out,
               const GArray *facts)
{
  g_string_append_c (out, '{');

  for (guint i = 0; i < facts->len; i++)
    {
      const Fact *fact = &g_array_index (facts, Fact, i);

      if (i > 0)
        g_string_append_c (out, ',');

      ph_json_write_key (out, fact->name);
      g_string_append (out, fact->json);
    }

  g_string_append_c (out, '}');
}

char *
ph_facts_to_json (const PhFacts *facts)
{
  GString *out = g_string_new ("{");

  g_return_val_if_fail (facts != NULL, NULL);

  for (guint i = 0; i < PH_FACT_N_SECTIONS; i++)
    {
      if (facts->sections[i]->len == 0)
        continue;

      if (out->len > 1)
        g_string_append_c (out, ',');

      ph_json_write_key (out, section_names[i]);
      write_section (out, facts->sections[i]);
    }

  g_string_append_c (out, '}');

  return g_string_free (out, FALSE);
}

void
ph_facts_add_json (PhFacts *facts,
                   const char *text,
                   gsize size)
{
  g_autoptr (PhJson) json = ph_json_new ();
  PhJsonValue root;

  g_return_if_fail (facts != NULL && text != NULL);

  if (!ph_json_parse (json, text, size, &root, NULL))
    return;

  for (guint i = 0; i < PH_FACT_N_SECTIONS; i++)
    ph_facts_set_members (facts, (PhFactSection) i, ph_json_member (root, section_names[i]));
}
