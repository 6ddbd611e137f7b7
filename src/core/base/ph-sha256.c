/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-sha256.h"

#include <nettle/sha2.h>

struct _PhSha256
{
  struct sha256_ctx context;
};

PhSha256 *
ph_sha256_new (void)
{
  PhSha256 *sum = g_new (PhSha256, 1);

  sha256_init (&sum->context);

  return sum;
}

void
ph_sha256_free (PhSha256 *sum)
{
  g_free (sum);
}

void
ph_sha256_add (PhSha256 *sum,
               gconstpointer data,
               gsize size)
{
  if (size > 0)
    sha256_update (&sum->context, size, data);
}

char *
ph_sha256_finish (PhSha256 *sum)
{
  guint8 digest[SHA256_DIGEST_SIZE];
  GString *text = g_string_sized_new (2 * sizeof digest);

  sha256_digest (&sum->context, sizeof digest, digest);

  for (guint i = 0; i < sizeof digest; i++)
    g_string_append_printf (text, "%02x", digest[i]);

  return g_string_free (text, FALSE);
}
