/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-verify.h"

#include "ph-dom-pack.h"
#include "ph-session-private.h"

typedef struct
{
  PhStore *store;
  PhVerifyFunc func;
  gpointer user_data;
  gboolean is_sound;
} Verify;

static void
damage_cb (PhTime time,
           const char *text,
           gpointer user_data)
{
  Verify *verify = user_data;

  verify->is_sound = FALSE;
  verify->func (time, text, verify->user_data);
}

static void
note_error (Verify *verify,
            GError *error)
{
  if (error != NULL)
    damage_cb (PH_TIME_NONE, error->message, verify);

  g_clear_error (&error);
}

/* --- archives -------------------------------------------------------------- */

static void
verify_archive (Verify *verify,
                PhSession *session)
{
  static const PhHealthKind kinds[] = { PH_HEALTH_TRUNCATED, PH_HEALTH_DAMAGED };
  const PhHealth *health = ph_session_get_health (session);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      guint n;
      const PhFinding *findings = ph_health_examples (health, kinds[i], &n);

      for (guint k = 0; k < n; k++)
        damage_cb (findings[k].time, findings[k].text, verify);
    }
}

/* --- recordings ------------------------------------------------------------ */

/* FALSE when some are lost. */
static gboolean
verify_events (Verify *verify)
{
  guint n = ph_store_n_events (verify->store);
  gboolean is_whole = TRUE;

  for (guint i = 0; i < n; i++)
    is_whole &= !ph_store_is_lost (ph_store_get_event (verify->store, i));

  return is_whole;
}

static void
verify_frames (Verify *verify)
{
  g_autoptr (PhNames) names = ph_names_new ();
  guint n;

  ph_store_get_frames (verify->store, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) bytes = ph_store_read_frame (verify->store, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (PhDom) dom = bytes != NULL ? ph_dom_unpack (bytes, names, &error) : NULL;

      if (bytes != NULL && dom == NULL)
        ph_store_set_frame_damaged (verify->store, i, error->message);
    }
}

static void
verify_pointers (Verify *verify)
{
  for (guint32 i = 0; i < ph_store_n_windows (verify->store); i++)
    {
      GError *error = NULL;
      g_autoptr (GBytes) bytes = ph_store_read_pointer (verify->store, i, &error);

      if (bytes != NULL)
        ph_pointer_track_free (ph_pointer_track_unpack (bytes, &error));

      note_error (verify, error);
    }
}

/* What it says it is known by. */
static void
verify_identity (Verify *verify)
{
  g_autofree char *wanted = ph_store_dup_text (verify->store, PH_STORE_IDENTITY);
  g_autofree char *found = NULL;

  if (wanted == NULL)
    return;

  found = ph_identify_store (verify->store, NULL, NULL);

  if (!g_str_equal (wanted, found))
    damage_cb (PH_TIME_NONE, "It is not the session it says it is", verify);
}

/* On a handle of its own, so that nothing that was read before is taken for granted. */
static void
verify_recording (Verify *verify,
                  PhSession *session)
{
  GError *error = NULL;
  g_autoptr (PhStore) store = ph_store_open (ph_store_get_path (session->store), &error);

  note_error (verify, g_steal_pointer (&error));

  if (store == NULL)
    return;

  verify->store = store;
  ph_store_set_damage_func (store, damage_cb, verify);
  ph_store_check_file (store, &error);
  note_error (verify, g_steal_pointer (&error));
  ph_store_check_lists (store, &error);
  note_error (verify, g_steal_pointer (&error));

  if (verify_events (verify))
    verify_identity (verify);

  verify_frames (verify);
  verify_pointers (verify);
}

gboolean
ph_session_verify (PhSession *session,
                   PhVerifyFunc func,
                   gpointer user_data)
{
  Verify verify = { .func = func, .user_data = user_data, .is_sound = TRUE };

  g_return_val_if_fail (PH_IS_SESSION (session), FALSE);

  verify_recording (&verify, session);

  /* Of a recording that could not be opened, something else was checked: what was left of it. */
  if (!session->is_recording || session->scratch != NULL)
    verify_archive (&verify, session);

  return verify.is_sound;
}

guint
ph_session_n_keyframes (PhSession *session)
{
  guint n = 0;

  g_return_val_if_fail (PH_IS_SESSION (session), 0);

  ph_store_get_frames (session->store, &n);

  return n;
}
