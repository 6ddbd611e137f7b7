/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test-presence.h"

void
ph_test_presence_init (PhTestPresence *presence)
{
  presence->selection = g_string_new (NULL);
  presence->dialogs = g_string_new (NULL);
  presence->popovers = g_string_new (NULL);
}

void
ph_test_presence_clear (PhTestPresence *presence)
{
  g_string_free (presence->selection, TRUE);
  g_string_free (presence->dialogs, TRUE);
  g_string_free (presence->popovers, TRUE);
}

void
ph_test_presence_reset (PhTestPresence *presence)
{
  presence->hover = presence->active = presence->focus = 0;
  presence->focus_visible = FALSE;
  g_string_truncate (presence->selection, 0);
  g_string_truncate (presence->dialogs, 0);
  g_string_truncate (presence->popovers, 0);
}

static void
apply_top (PhTestStage *stage,
           GString *out,
           gboolean popovers)
{
  g_string_truncate (out, 0);

  for (gint64 n = ph_test_take_int (stage); n > 0; n--)
    {
      gint64 id = ph_test_take_known (stage);

      g_assert_cmpint (id, !=, 0);
      g_string_append_printf (out, " %d@%d", (int) id, (int) ph_test_take_int (stage));

      if (popovers)
        g_string_append_printf (out, "←%d", (int) ph_test_take_known (stage));
    }
}

static void
apply_selection (PhTestPresence *presence,
                 PhTestStage *stage)
{
  g_string_truncate (presence->selection, 0);

  for (gint64 n = ph_test_take_int (stage); n > 0; n--)
    for (guint end = 0; end < 2; end++)
      {
        gint64 id = ph_test_take_known (stage);
        gint64 offset = ph_test_take_int (stage);

        g_assert_cmpint (id, !=, 0);
        g_assert_cmpint (offset, >=, 0);
        g_string_append_printf (presence->selection, "%s%d+%d", end == 0 ? " " : "…", (int) id,
                                (int) offset);
      }
}

void
ph_test_presence_apply (PhTestPresence *presence,
                        PhTestStage *stage,
                        PhOp op)
{
  switch ((int) op)
    {
    case PH_OP_HOVER:
      presence->hover = ph_test_take_known (stage);
      presence->active = ph_test_take_known (stage);
      break;
    case PH_OP_FOCUS:
      presence->focus = ph_test_take_known (stage);
      presence->focus_visible = ph_test_take_int (stage) != 0;
      break;
    case PH_OP_SELECTION:
      apply_selection (presence, stage);
      break;
    case PH_OP_DIALOG:
      apply_top (stage, presence->dialogs, FALSE);
      break;
    case PH_OP_POPOVER:
      apply_top (stage, presence->popovers, TRUE);
      break;
    case PH_OP_MEDIA:
      for (gint64 n = ph_test_take_int (stage); n > 0; n--)
        {
          g_assert_cmpint (ph_test_take_known (stage), !=, 0);

          for (guint i = 0; i < 6; i++)
            ph_test_take_number (stage);
        }
      break;
    default:
      g_assert_not_reached ();
    }
}

void
ph_test_presence_dump (const PhTestPresence *presence,
                       GString *out)
{
  g_string_append_printf (out, "focus %d %d\nselected%s\nmodal%s\npopovers%s\n",
                          (int) presence->focus, presence->focus_visible,
                          presence->selection->str, presence->dialogs->str,
                          presence->popovers->str);
}

static void
dump_top (GString *out,
          const GArray *top,
          gboolean popovers)
{
  g_string_append (out, popovers ? "\npopovers" : "\nmodal");

  for (guint i = 0; top != NULL && i < top->len; i++)
    {
      const PhTop *entry = &g_array_index (top, PhTop, i);

      if (!entry->is_popover != !popovers)
        continue;

      g_string_append_printf (out, " %d@%u", entry->id, i);

      if (popovers)
        g_string_append_printf (out, "←%d", entry->opener);
    }
}

void
ph_test_presence_dump_dom (const PhDom *dom,
                           GString *out)
{
  const PhPageState *page = ph_dom_get_page (dom);
  const GArray *ranges = page != NULL ? page->presence.ranges : NULL;

  g_string_append_printf (out, "focus %d %d\nselected", page != NULL ? page->focus : 0,
                          page != NULL && page->focus != 0 && page->presence.focus_visible);

  for (guint i = 0; ranges != NULL && i < ranges->len; i++)
    {
      const PhRange *range = &g_array_index (ranges, PhRange, i);

      g_string_append_printf (out, " %d+%u…%d+%u", range->start, range->start_offset,
                              range->end, range->end_offset);
    }

  dump_top (out, page != NULL ? page->presence.top : NULL, FALSE);
  dump_top (out, page != NULL ? page->presence.top : NULL, TRUE);
  g_string_append_c (out, '\n');
}
