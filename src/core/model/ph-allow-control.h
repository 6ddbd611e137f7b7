/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-allow.h"

G_BEGIN_DECLS

/*
 * What a form control needs to look as it did where WebKit would show something
 * else for its value; drawn by frames.css:
 *
 *   ph-masked  a number whose digits were masked: no number, so its placeholder
 *              says the stars
 *   ph-unset   a date or time without a value: WebKit would show today's
 *
 * Adds them to the attributes of ph_allow_attributes(); for ph-allow.c only.
 */
void ph_allow_add_control (const PhDom *dom,
                           PhSlot slot,
                           GArray *attributes);

G_END_DECLS
