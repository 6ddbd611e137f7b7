/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-hash.h"

/* Odd, its bits without a pattern: 2^64 divided by the golden ratio. */
#define MIXER G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

static guint64
get_key (void)
{
  static gsize is_set;
  static guint64 key;

  if (g_once_init_enter (&is_set))
    {
      key = ((guint64) g_random_int () << 32) | g_random_int ();
      g_once_init_leave (&is_set, 1);
    }

  return key;
}

/*
 * Not g_str_hash(): there "Ab" and "BA" are the same at any place of a text, so
 * that two to the power of n texts of 2 n bytes share one hash. Here what a
 * byte adds depends on the key and on all bytes before it.
 */
guint
ph_hash_text (gconstpointer text)
{
  guint64 hash = get_key ();

  for (const guint8 *at = text; *at != '\0'; at++)
    {
      hash = (hash ^ *at) * MIXER;
      hash ^= hash >> 32;
    }

  return (guint) hash;
}

/* SplitMix64 (Steele et al., 2014) from a secret start: even steps leave no pattern in it. */
guint32
ph_hash_id (gint32 id)
{
  guint64 hash = get_key () + (guint32) id * MIXER;

  hash = (hash ^ (hash >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  hash = (hash ^ (hash >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return (guint32) (hash >> 32);
}

guint
ph_hash_int (gconstpointer value)
{
  return ph_hash_id (GPOINTER_TO_INT (value));
}
