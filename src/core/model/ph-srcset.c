/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-srcset.h"

#include <string.h>

static const char spaces[] = " \t\n\r\f";

/* The descriptors at @at, up to a comma that stands in no parentheses, or the end. */
static const char *
skip_descriptors (const char *at)
{
  guint depth = 0;

  for (; *at != '\0'; at++)
    if (*at == '(')
      depth++;
    else if (*at == ')' && depth > 0)
      depth--;
    else if (*at == ',' && depth == 0)
      break;

  return at;
}

gboolean
ph_srcset_next (const char **at,
                PhCandidate *candidate)
{
  const char *begin = *at + strspn (*at, " \t\n\r\f,");
  const char *end = begin + strcspn (begin, spaces);
  const char *descriptor = end;

  if (*begin == '\0')
    return FALSE;

  candidate->url = begin;

  /* A comma at its end belongs to the list, not to the address. */
  if (end[-1] == ',')
    {
      *at = end;

      while (end[-1] == ',')
        end--;

      *candidate = (PhCandidate) { begin, (gsize) (end - begin), end, 0 };
      return TRUE;
    }

  candidate->url_size = (gsize) (end - begin);
  end = skip_descriptors (descriptor);
  *at = end;
  descriptor += strspn (descriptor, spaces);
  descriptor = MIN (descriptor, end);

  while (end > descriptor && strchr (spaces, end[-1]) != NULL)
    end--;

  candidate->descriptor = descriptor;
  candidate->descriptor_size = (gsize) (end - descriptor);

  return TRUE;
}
