/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "ph-error.h"
#include "ph-json.h"

#include <math.h>
#include <string.h>

/* Goes through everything a document has: strings are UTF-8, numbers are finite, sizes agree. */
static void
walk (PhJsonValue value)
{
  PhJsonType type = ph_json_type (value);
  const char *text = NULL;
  const char *key = NULL;
  PhJsonValue member;
  PhJsonIter iter;
  gsize size = 0;
  gsize n = 0;
  double number = NAN;
  gint64 integer;

  g_assert_cmpint (type, !=, PH_JSON_NONE);

  if (ph_json_get_string (value, &text, &size))
    {
      g_assert_true (text[size] == '\0');

      /* NULs may be inside; what is between them is UTF-8. */
      for (gsize at = 0; at < size; at += strlen (text + at) + 1)
        g_assert_true (g_utf8_validate (text + at, -1, NULL));
    }

  g_assert_cmpint (text != NULL, ==, type == PH_JSON_STRING);
  g_assert_cmpint (ph_json_get_int (value, &integer), ==, type == PH_JSON_NUMBER);

  if (ph_json_get_double (value, &number))
    g_assert_true (isfinite (number));

  ph_json_iter_init (&iter, value);

  while (ph_json_next (&iter, &key, &member))
    {
      n++;
      g_assert_cmpint (key != NULL, ==, type == PH_JSON_OBJECT);

      if (key != NULL)
        g_assert_true (g_utf8_validate (key, -1, NULL));

      if (key != NULL && n < 20)
        ph_json_member (value, key);

      walk (member);
    }

  g_assert_cmpuint (ph_json_size (value), ==, n);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize size)
{
  static PhJson *json;
  g_autoptr (GError) error = NULL;
  /* Exactly as long, so that reading behind it is seen. */
  g_autofree char *text = g_memdup2 (data, size);
  PhJsonValue root = {};

  if (json == NULL)
    json = ph_json_new ();

  if (ph_json_parse (json, text, size, &root, &error))
    walk (root);
  else
    g_assert_true (error != NULL && error->domain == PH_ERROR);

  return 0;
}
