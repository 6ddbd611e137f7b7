/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-text.h"

#include "ph-css-scan.h"
#include "ph-json-write.h"

#include <string.h>

/* Longer texts are strings to us, whatever they hold. */
#define MAX_VALUE_BYTES ((gsize) 1024 * 1024)

void
ph_mob_put_string (GString *out,
                   const char *text,
                   gsize size)
{
  gsize begin = 0;

  g_string_append_c (out, '"');

  for (gsize i = 0; i < size; i++)
    {
      guchar c = (guchar) text[i];

      if (G_LIKELY (c >= 0x20 && c != '"' && c != '\\'))
        continue;

      g_string_append_len (out, text + begin, (gssize) (i - begin));
      begin = i + 1;

      if (c == '\n')
        g_string_append (out, "\\n");
      else if (c < 0x20)
        g_string_append_printf (out, "\\u%04x", c);
      else
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, (char) c);
        }
    }

  g_string_append_len (out, text + begin, (gssize) (size - begin));
  g_string_append_c (out, '"');
}

void
ph_mob_put_number (GString *out,
                   const char *before,
                   gint64 number)
{
  g_string_append (out, before);
  ph_json_write_int (out, number);
}

void
ph_mob_put_value (GString *out,
                  PhJson *json,
                  const char *text,
                  gsize size)
{
  gboolean is_value = size > 0 && size <= MAX_VALUE_BYTES && strchr ("{[", text[0]) != NULL &&
                      text[0] != '\0' && g_utf8_validate_len (text, size, NULL);

  if (is_value && ph_json_parse (json, text, size, NULL, NULL))
    g_string_append_len (out, text, (gssize) size);
  else
    ph_mob_put_string (out, text, size);
}

/* ---- addresses ---- */

char *
ph_mob_resolve (const char *base,
                const char *url)
{
  const GUriFlags flags = G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED;
  char *resolved = NULL;

  if (*url != '\0' && *url != '#' && g_uri_peek_scheme (url) == NULL &&
      strstr (base, "://") != NULL)
    resolved = g_uri_resolve_relative (base, url, flags, NULL);

  return resolved != NULL ? resolved : g_strdup (url);
}

/* Copies what the token is, but for an address that was relative. */
static void
put_address (GString *out,
             const char *base,
             const PhCssToken *token)
{
  g_autofree char *url = ph_css_token_value (token);
  g_autofree char *resolved = ph_mob_resolve (base, url);

  if (strcmp (resolved, url) == 0)
    {
      g_string_append_len (out, token->begin, token->end - token->begin);
      return;
    }

  g_string_append (out, token->kind == PH_CSS_URL ? "url(\"" : "\"");

  for (const char *at = resolved; *at != '\0'; at++)
    if (*at == '"' || *at == '\\' || (guchar) *at < 0x20)
      g_string_append_printf (out, "\\%x ", (guint) (guchar) *at);
    else
      g_string_append_c (out, *at);

  g_string_append (out, token->kind == PH_CSS_URL ? "\")" : "\"");
}

char *
ph_mob_resolve_css (const char *base,
                    const char *text,
                    gsize size)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, size));
  g_autoptr (GString) out = NULL;
  PhCssToken token;
  gboolean is_address = FALSE; /* a string here is one */

  if (strstr (valid, "url(") == NULL && strstr (valid, "@import") == NULL)
    return g_steal_pointer (&valid);

  out = g_string_sized_new (size);

  for (token = ph_css_scan (valid); token.kind != PH_CSS_END; token = ph_css_scan (token.end))
    {
      if (ph_css_token_is_closed (&token) &&
          (token.kind == PH_CSS_URL || (token.kind == PH_CSS_STRING && is_address)))
        put_address (out, base, &token);
      else
        g_string_append_len (out, token.begin, token.end - token.begin);

      if (token.kind == PH_CSS_FUNCTION)
        is_address = ph_css_token_is_named (&token, "url");
      else if (token.kind == PH_CSS_AT_KEYWORD)
        is_address = ph_css_token_is_named (&token, "import");
      else if (token.kind != PH_CSS_SPACE && token.kind != PH_CSS_COMMENT)
        is_address = FALSE;
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}
