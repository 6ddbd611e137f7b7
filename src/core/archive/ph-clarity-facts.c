/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clarity-facts.h"

#include <string.h>

/* Numbers that are looked at by name. */
#define METRIC_CLIENT_TIMESTAMP 0
#define METRIC_SCREEN_WIDTH 14
#define METRIC_SCREEN_HEIGHT 15
#define METRIC_MOBILE 27
#define DIMENSION_BRAND 24

typedef struct
{
  PhFactSection section;
  const char *name;
} Name;

/* By number. Those without a name say how the recorder itself is doing, or nothing. */
static const Name metrics[] = {
  [6] = { PH_FACT_PROPERTY, "thread_blocked_ms" },
  [7] = { PH_FACT_PROPERTY, "long_tasks" },
  [8] = { PH_FACT_PROPERTY, "largest_contentful_paint_ms" },
  [9] = { PH_FACT_PROPERTY, "cumulative_layout_shift_thousandths" },
  [10] = { PH_FACT_PROPERTY, "first_input_delay_ms" },
  [11] = { PH_FACT_PROPERTY, "rating_value" },
  [12] = { PH_FACT_PROPERTY, "rating_count" },
  [13] = { PH_FACT_PROPERTY, "product_price" },
  [16] = { PH_FACT_DEVICE, "color_depth" },
  [17] = { PH_FACT_PROPERTY, "review_count" },
  [18] = { PH_FACT_PROPERTY, "best_rating" },
  [19] = { PH_FACT_PROPERTY, "worst_rating" },
  [20] = { PH_FACT_PROPERTY, "cart_price" },
  [21] = { PH_FACT_PROPERTY, "cart_shipping" },
  [22] = { PH_FACT_PROPERTY, "cart_discount" },
  [23] = { PH_FACT_PROPERTY, "cart_tax" },
  [24] = { PH_FACT_PROPERTY, "cart_total" },
  [26] = { PH_FACT_DEVICE, "automated" },
  [31] = { PH_FACT_PROPERTY, "in_iframe" },
  [32] = { PH_FACT_DEVICE, "touch_points" },
  [33] = { PH_FACT_DEVICE, "processors" },
  [34] = { PH_FACT_DEVICE, "memory_gb" },
};

static const Name dimensions[] = {
  [0] = { PH_FACT_DEVICE, "user_agent" },
  [1] = { PH_FACT_PROPERTY, "last_url" },
  [2] = { PH_FACT_PROPERTY, "referrer" },
  [3] = { PH_FACT_PROPERTY, "page_title" },
  [4] = { PH_FACT_PROPERTY, "network_hosts" },
  [5] = { PH_FACT_PROPERTY, "schema_type" },
  [6] = { PH_FACT_PROPERTY, "product_brand" },
  [7] = { PH_FACT_PROPERTY, "product_availability" },
  [8] = { PH_FACT_PROPERTY, "author_name" },
  [9] = { PH_FACT_DEVICE, "language" },
  [10] = { PH_FACT_PROPERTY, "product_name" },
  [11] = { PH_FACT_PROPERTY, "product_category" },
  [12] = { PH_FACT_PROPERTY, "product_sku" },
  [13] = { PH_FACT_PROPERTY, "product_currency" },
  [14] = { PH_FACT_PROPERTY, "product_condition" },
  [16] = { PH_FACT_PROPERTY, "page_language" },
  [17] = { PH_FACT_PROPERTY, "document_direction" },
  [18] = { PH_FACT_PROPERTY, "headline" },
  [19] = { PH_FACT_PROPERTY, "meta_type" },
  [20] = { PH_FACT_PROPERTY, "meta_title" },
  [21] = { PH_FACT_PROPERTY, "generator" },
  [22] = { PH_FACT_DEVICE, "os" },
  [23] = { PH_FACT_DEVICE, "os_version" },
  [25] = { PH_FACT_DEVICE, "device" },
  [26] = { PH_FACT_DEVICE, "pixel_ratio" },
  [27] = { PH_FACT_DEVICE, "connection" },
  [30] = { PH_FACT_DEVICE, "device_family" },
  [33] = { PH_FACT_PROPERTY, "ancestor_origins" },
  [34] = { PH_FACT_DEVICE, "timezone" },
  [35] = { PH_FACT_DEVICE, "timezone_offset" },
  [37] = { PH_FACT_PROPERTY, "interaction_to_next_paint_ms" },
  [38] = { PH_FACT_USER, "global_privacy_control" },
};

static const Name *
find_name (const Name *names,
           gsize n,
           gint64 number)
{
  return number >= 0 && (gsize) number < n && names[number].name != NULL ? &names[number] : NULL;
}

/* Of one value that, of several the list. */
static void
set_value (PhFacts *facts,
           PhFactSection section,
           const char *name,
           PhJsonValue value)
{
  PhJsonIter iter;
  PhJsonValue first = value;

  if (ph_json_type (value) == PH_JSON_ARRAY && ph_json_size (value) <= 1)
    {
      ph_json_iter_init (&iter, value);

      if (!ph_json_next (&iter, NULL, &first))
        return;
    }

  if (ph_json_type (first) == PH_JSON_STRING)
    {
      const char *text = NULL;

      ph_json_get_string (first, &text, NULL);
      ph_facts_set_text (facts, section, name, text);
      return;
    }

  ph_facts_set_json (facts, section, name, first);
}

static void
set_screen (PhFacts *facts,
            double width,
            double height)
{
  g_autofree char *text = NULL;

  if (!(width > 0 && width < 1e6 && height > 0 && height < 1e6))
    return;

  text = g_strdup_printf ("%d × %d", (int) width, (int) height);
  ph_facts_set_text (facts, PH_FACT_DEVICE, "screen", text);
}

void
ph_clarity_facts_metrics (PhFacts *facts,
                          const PhClarityTokens *tokens,
                          double *client_timestamp)
{
  double width = 0, height = 0;

  for (guint i = 2; i + 1 < tokens->values->len; i += 2)
    {
      gint64 number = ph_clarity_token_int (tokens, i, -1);
      const Name *name = find_name (metrics, G_N_ELEMENTS (metrics), number);
      PhJsonValue value = ph_clarity_token (tokens, i + 1);
      double measured = 0;

      if (!ph_json_get_double (value, &measured))
        continue;

      if (number == METRIC_CLIENT_TIMESTAMP)
        *client_timestamp = measured;
      else if (number == METRIC_SCREEN_WIDTH)
        width = measured;
      else if (number == METRIC_SCREEN_HEIGHT)
        height = measured;
      else if (number == METRIC_MOBILE)
        ph_facts_set_text (facts, PH_FACT_DEVICE, "device_type",
                           measured > 0 ? "mobile" : "desktop");
      else if (name != NULL)
        ph_facts_set_json (facts, name->section, name->name, value);
    }

  set_screen (facts, width, height);
}

/*
 * `Google Chrome~138`: of the names a browser goes by, the one that is neither its
 * engine's nor made up to keep sites from looking for names.
 */
static void
set_browser (PhFacts *facts,
             PhJsonValue brands)
{
  PhJsonIter iter;
  PhJsonValue value;
  const char *best = NULL;

  ph_json_iter_init (&iter, brands);

  while (ph_json_next (&iter, NULL, &value))
    {
      const char *text;

      if (!ph_json_get_string (value, &text, NULL) || strchr (text, '~') == NULL ||
          strstr (text, "Not") != NULL || g_str_has_prefix (text, "undefined"))
        continue;

      if (best == NULL || g_str_has_prefix (best, "Chromium~"))
        best = text;
    }

  if (best != NULL)
    {
      const char *tilde = strchr (best, '~');
      g_autofree char *name = g_strndup (best, (gsize) (tilde - best));

      ph_facts_set_text (facts, PH_FACT_DEVICE, "browser", name);
      ph_facts_set_text (facts, PH_FACT_DEVICE, "browser_version", tilde + 1);
    }
}

void
ph_clarity_facts_dimensions (PhFacts *facts,
                             const PhClarityTokens *tokens)
{
  for (guint i = 2; i + 1 < tokens->values->len; i += 2)
    {
      gint64 number = ph_clarity_token_int (tokens, i, -1);
      const Name *name = find_name (dimensions, G_N_ELEMENTS (dimensions), number);
      PhJsonValue value = ph_clarity_token (tokens, i + 1);

      if (number == DIMENSION_BRAND)
        set_browser (facts, value);
      else if (name != NULL)
        set_value (facts, name->section, name->name, value);
    }
}

const char *
ph_clarity_dimension (const PhClarityTokens *tokens,
                      gint64 number)
{
  for (guint i = 2; i + 1 < tokens->values->len; i += 2)
    if (ph_clarity_token_int (tokens, i, -1) == number)
      {
        PhJsonIter iter;
        PhJsonValue value;
        const char *text = NULL;

        ph_json_iter_init (&iter, ph_clarity_token (tokens, i + 1));

        if (ph_json_next (&iter, NULL, &value) && ph_json_get_string (value, &text, NULL))
          return text;
      }

  return NULL;
}

void
ph_clarity_facts_variables (PhFacts *facts,
                            const PhClarityTokens *tokens)
{
  /* What identify() says, under names of Clarity's own. */
  static const struct
  {
    const char *variable;
    Name name;
  } known[] = {
    { "userId", { PH_FACT_USER, "custom_id" } },
    { "userHint", { PH_FACT_USER, "name" } },
    { "userType", { PH_FACT_USER, "custom_id_type" } },
    { "sessionId", { PH_FACT_PROPERTY, "custom_session_id" } },
    { "pageId", { PH_FACT_PROPERTY, "custom_page_id" } },
  };

  for (guint i = 2; i + 1 < tokens->values->len; i += 2)
    {
      const char *variable = ph_clarity_token_text (tokens, i);
      Name name = { PH_FACT_PROPERTY, variable };

      if (variable == NULL)
        continue;

      for (guint k = 0; k < G_N_ELEMENTS (known); k++)
        if (strcmp (variable, known[k].variable) == 0)
          name = known[k].name;

      set_value (facts, name.section, name.name, ph_clarity_token (tokens, i + 1));
    }
}

void
ph_clarity_facts_consent (PhFacts *facts,
                          const PhClarityTokens *tokens)
{
  static const char *const names[] = { "consent_ads", "consent_analytics" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (ph_json_type (ph_clarity_token (tokens, 3 + i)) != PH_JSON_NONE)
      ph_facts_set_text (facts, PH_FACT_USER, names[i],
                         ph_clarity_token_int (tokens, 3 + i, 0) != 0 ? "granted" : "denied");
}

void
ph_clarity_facts_envelope (PhFacts *facts,
                           PhJsonValue envelope)
{
  static const struct
  {
    guint index;
    Name name;
  } known[] = {
    { 0, { PH_FACT_PROPERTY, "sdk_version" } },
    { 4, { PH_FACT_PROPERTY, "project" } },
    { 5, { PH_FACT_USER, "id" } },
    { 6, { PH_FACT_PROPERTY, "session_id" } },
    { 11, { PH_FACT_PROPERTY, "url" } },
  };
  PhClarityTokens tokens;

  ph_clarity_tokens_init (&tokens);
  ph_clarity_tokens_read (&tokens, envelope);
  ph_facts_set_text (facts, PH_FACT_PROPERTY, "sdk", "clarity-js");

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    set_value (facts, known[i].name.section, known[i].name.name,
               ph_clarity_token (&tokens, known[i].index));

  ph_clarity_tokens_clear (&tokens);
}
