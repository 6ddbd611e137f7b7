/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom.h"
#include "ph-event.h"

G_BEGIN_DECLS

/* An indexed point of interest. A pure function of the events and the page they meet. */
typedef enum
{
  PH_MOMENT_PAGE,  /* another page: a meta event with another URL, or `$pageview` and the like */
  PH_MOMENT_CLICK, /* text: what was clicked */
  PH_MOMENT_INPUT, /* text: the field, never its value */
  PH_MOMENT_RESIZE,
  PH_MOMENT_ERROR,      /* uncaught, or a console error; text: with the innermost calls, if known */
  PH_MOMENT_CONSOLE,    /* other console lines; text starts with the level */
  PH_MOMENT_REQUEST,    /* `POST 500 https://… (35 ms)`; failed ones are errors by severity */
  PH_MOMENT_CUSTOM,     /* text: the tag */
  PH_MOMENT_SIGNAL,     /* behaviour, as the recorder itself has told it: `dead click: …` */
  PH_MOMENT_ANNOTATION, /* what somebody put into the recording: a caption, a marker */
  PH_MOMENT_N_KINDS,
} PhMomentKind;

typedef enum
{
  PH_SEVERITY_INFO,
  PH_SEVERITY_WARNING,
  PH_SEVERITY_ERROR,
} PhSeverity;

typedef struct
{
  PhTime time;
  guint32 window;
  PhMomentKind kind;
  PhSeverity severity;
  gint32 node; /* 0 when it belongs to none */
  char *text;  /* valid UTF-8, never markup; at most PH_LIMIT_LABEL_CHARS characters */
} PhMoment;

void ph_moment_clear (PhMoment *moment);

/*
 * The address @event says the user is at now: of a meta event, or of a custom
 * event that carries one in `payload.href`, as `$pageview` does, or of Amplitude's plugin
 * that tracks it. NULL when it says none. The text belongs to the document of @root.
 */
const char *ph_moment_page_url (const PhEvent *event,
                                PhJsonValue root);

/*
 * Appends the moments of @event to @moments (PhMoment). @dom is the window's
 * page before the event is applied and may be NULL. Typing into one field, or
 * dragging a window's border, makes one moment: the last one in @moments is then
 * gone on with. Times are not sorted: a request is written after it happened.
 */
void ph_moments_extract (const PhEvent *event,
                         PhJsonValue root,
                         const PhDom *dom,
                         GArray *moments);

/* `page`, `error`: stable, for JSON. */
const char *ph_moment_kind_name (PhMomentKind kind);
/* FALSE when no kind has this name. */
gboolean ph_moment_kind_from_name (const char *name,
                                   PhMomentKind *kind);

G_END_DECLS
