/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clip-choices.h"

G_BEGIN_DECLS

/*
 * What was chosen for the last clip, for the next one. Videos and pictures have a size and
 * a rate of their own, and so have animations and sheets, which are small as a rule.
 */
typedef struct
{
  PhClipForm form;
  PhClipSize size, small_size;
  guint rate, small_rate; /* pictures a second */
  guint speed;            /* thousandths */
  guint cells;            /* as an index: ph_clip_cells() */
  gboolean cut_idle;
  gboolean pointer, clicks, address, clock, captions, facts, card;
} PhClipSettings;

/* What is remembered, or what it is at first; each within its bounds. */
void ph_clip_settings_load (PhClipSettings *settings);
/* @folder, where the file is, may be NULL. */
void ph_clip_settings_save (const PhClipSettings *settings,
                            GFile *folder);
/* Where the last one was put, else the person's videos; NULL when there is none of it. */
GFile *ph_clip_settings_dup_folder (void);

PhClipSize ph_clip_settings_get_size (const PhClipSettings *settings,
                                      PhClipForm form);
void ph_clip_settings_set_size (PhClipSettings *settings,
                                PhClipForm form,
                                PhClipSize size);
/* Never more than the form can have. */
guint ph_clip_settings_get_rate (const PhClipSettings *settings,
                                 PhClipForm form);
void ph_clip_settings_set_rate (PhClipSettings *settings,
                                PhClipForm form,
                                guint rate);

G_END_DECLS
