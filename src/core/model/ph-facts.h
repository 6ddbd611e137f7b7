/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json.h"

G_BEGIN_DECLS

/*
 * What an archive knows beyond its pages: who it was, with what, and what its
 * recorder says of the session. Readers fill it; a recording keeps it as one JSON
 * object; people see it as lists of names and values.
 *
 * Names that all formats share: of the user `id`, `name`, `email`; of the device
 * `browser`, `browser_version`, `os`, `os_version`, `device`, `device_type`,
 * `user_agent`, `screen`, `language`, `country`; of the session `session_id`,
 * `project`, `release`, `environment`, `sdk`, `sdk_version`, `tags`, `url`. What a
 * format has besides goes by its own name.
 */
typedef enum
{
  PH_FACT_USER,
  PH_FACT_DEVICE,
  PH_FACT_PROPERTY,
  PH_FACT_N_SECTIONS,
} PhFactSection;

typedef struct _PhFacts PhFacts;

PhFacts *ph_facts_new (void);
void ph_facts_free (PhFacts *facts);

/*
 * Sets a value; one of the same name is replaced, in its place. What passes
 * PH_LIMIT_FACTS or PH_LIMIT_FACT_BYTES is left out. Bytes of @text that are not
 * UTF-8 become U+FFFD; NULL and "" say nothing and set nothing. Nor do an empty
 * name and a @value that is null.
 */
void ph_facts_set_text (PhFacts *facts,
                        PhFactSection section,
                        const char *name,
                        const char *text);
void ph_facts_set_json (PhFacts *facts,
                        PhFactSection section,
                        const char *name,
                        PhJsonValue value);
/* Each member of @object, under its own name. */
void ph_facts_set_members (PhFacts *facts,
                           PhFactSection section,
                           PhJsonValue object);

guint ph_facts_get_n (const PhFacts *facts,
                      PhFactSection section);
/* In the order they came in; @json is the value as JSON text. Owned by @facts. */
const char *ph_facts_get_name (const PhFacts *facts,
                               PhFactSection section,
                               guint index);
const char *ph_facts_get_json (const PhFacts *facts,
                               PhFactSection section,
                               guint index);
/* The value for people: a string without its quotes, anything else as JSON. */
char *ph_facts_dup_text (const PhFacts *facts,
                         PhFactSection section,
                         guint index);

/* `user`, `device`, `properties`: stable, for JSON. */
const char *ph_facts_section_name (PhFactSection section);

/* All as one JSON object with a member for each section that has some. */
char *ph_facts_to_json (const PhFacts *facts);
/* Adds what such an object says; what is none adds nothing. */
void ph_facts_add_json (PhFacts *facts,
                        const char *text,
                        gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhFacts, ph_facts_free)

G_END_DECLS
