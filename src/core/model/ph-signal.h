/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/*
 * A signal a recorder itself has given, as an event: custom, of this tag, with
 * `{"signal":NAME,"node"?:id,"count"?:n,"label"?:text}`. Readers write it
 * (ph-event-write.h), moments are made of it.
 */
#define PH_SIGNAL_TAG "playhead/signal"

#define PH_SIGNAL_SLOW_CLICK "slow click"
#define PH_SIGNAL_DEAD_CLICK "dead click"
#define PH_SIGNAL_RAGE_CLICK "rage click"
#define PH_SIGNAL_ERROR_CLICK "error click"
#define PH_SIGNAL_THRASHED_CURSOR "thrashed cursor"
