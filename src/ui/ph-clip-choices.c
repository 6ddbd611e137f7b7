/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-choices.h"

#include "ph-clip-paint.h"
#include "ph-steps.h"
#include "ph-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* A card is shown so long: see ph-clip.c. */
#define CARD_SECONDS 2
/* Of a title, in the name of a file. */
#define MAX_TITLE_CHARS 60

/* Each fits into so many pixels. */
static const struct
{
  const char *name;
  const char *title;
  int width, height;
} sizes[PH_CLIP_N_SIZES] = {
  [PH_CLIP_SIZE_RECORDED] = { "recorded", N_ ("As recorded"), 0, 0 },
  [PH_CLIP_SIZE_LARGE] = { "large", N_ ("Large, for slides"), 1920, 1080 },
  [PH_CLIP_SIZE_MEDIUM] = { "medium", N_ ("Medium, for chats"), 1280, 720 },
  [PH_CLIP_SIZE_SMALL] = { "small", N_ ("Small, for tickets"), 854, 480 },
};

const char *
ph_clip_size_get_name (PhClipSize size)
{
  g_return_val_if_fail ((guint) size < PH_CLIP_N_SIZES, NULL);

  return sizes[size].name;
}

PhClipSize
ph_clip_size_from_name (const char *name)
{
  for (guint i = 0; i < PH_CLIP_N_SIZES; i++)
    if (g_strcmp0 (sizes[i].name, name) == 0)
      return (PhClipSize) i;

  return PH_CLIP_SIZE_MEDIUM;
}

void
ph_clip_size_apply (PhClipSize size,
                    PhClipOrder *order,
                    int width,
                    int height)
{
  PhClipOrder whole = *order;
  PhClipLayout layout;
  double scale;

  g_return_if_fail ((guint) size < PH_CLIP_N_SIZES);

  order->width = 0;
  order->height = 0;

  if (size == PH_CLIP_SIZE_RECORDED)
    {
      /* A sheet says for itself how large its pictures are when nothing is asked for. */
      if (order->form == PH_CLIP_SHEET && width > 0 && height > 0)
        {
          order->width = MIN (width, PH_CLIP_MAX_SIDE);
          order->height = MIN (height, PH_CLIP_MAX_SIDE);
        }

      return;
    }

  whole.form = PH_CLIP_PNG;
  whole.width = 0;
  whole.height = 0;

  /* One that is too large as it was recorded has the whole room. */
  if (!ph_clip_layout (&whole, width, height, &layout, NULL))
    layout = (PhClipLayout) { sizes[size].width, sizes[size].height, 0 };

  scale = MIN ((double) sizes[size].width / layout.width,
               (double) sizes[size].height / layout.height);

  if (order->form == PH_CLIP_SHEET)
    scale /= 2;

  scale = MIN (scale, 1);
  order->width = MAX ((int) (layout.width * scale + 0.5), PH_CLIP_MIN_SIDE);
  order->height = MAX ((int) (layout.height * scale + 0.5), PH_CLIP_MIN_SIDE);
}

char *
ph_clip_size_get_title (PhClipSize size,
                        const PhClipOrder *order,
                        int width,
                        int height)
{
  PhClipOrder sized = *order;
  PhClipLayout layout;

  ph_clip_size_apply (size, &sized, width, height);

  if (!ph_clip_layout (&sized, width, height, &layout, NULL))
    return g_strdup (_ (sizes[size].title));

  return g_strdup_printf ("%s · %d × %d", _ (sizes[size].title), layout.width, layout.height);
}

const guint *
ph_clip_rates (guint *n)
{
  static const guint rates[] = { 5, 10, 15, 24, 30, 60 };

  *n = G_N_ELEMENTS (rates);

  return rates;
}

const guint *
ph_clip_speeds (guint *n)
{
  static const guint speeds[] = { 250, 500, 1000, 1500, 2000, 4000, 8000, 16000 };

  *n = G_N_ELEMENTS (speeds);

  return speeds;
}

const PhClipCells *
ph_clip_cells (guint *n)
{
  static const PhClipCells cells[] = { { 2, 2 }, { 3, 2 }, { 3, 3 }, { 4, 3 }, { 5, 4 }, { 6, 5 } };

  *n = G_N_ELEMENTS (cells);

  return cells;
}

guint
ph_clip_find_nearest (const guint *list,
                      guint n,
                      guint value)
{
  guint best = 0;

  for (guint i = 1; i < n; i++)
    if (ABS ((gint64) list[i] - value) < ABS ((gint64) list[best] - value))
      best = i;

  return best;
}

/* By what a form is, so that one that is added later is asked for sensibly. */
PhClipHas
ph_clip_form_has (PhClipForm form)
{
  const PhClipFormInfo *info = ph_clip_form_get_info (form);
  guint has = PH_CLIP_HAS_END;

  if (form == PH_CLIP_PNG)
    return PH_CLIP_HAS_SIZE | PH_CLIP_HAS_DRAWN | PH_CLIP_HAS_CLOCK;

  if (info->is_film)
    has |= PH_CLIP_HAS_RATE | PH_CLIP_HAS_SPEED;

  if (form == PH_CLIP_SHEET)
    has |= PH_CLIP_HAS_CELLS;

  if (info->is_pictures)
    has |= PH_CLIP_HAS_SIZE | PH_CLIP_HAS_IDLE | PH_CLIP_HAS_DRAWN | PH_CLIP_HAS_CLOCK |
           PH_CLIP_HAS_TITLE;
  /* A page that plays has controls of its own, and a clock. */
  else if (g_str_equal (info->mime_type, "text/html"))
    has |= PH_CLIP_HAS_SPEED | PH_CLIP_HAS_IDLE | PH_CLIP_HAS_DRAWN | PH_CLIP_HAS_TITLE;
  else
    has |= PH_CLIP_HAS_FACTS;

  return (PhClipHas) has;
}

/* How long it plays, and of how many pictures it is made. */
static void
measure (const PhClipOrder *order,
         const PhSpan *idle,
         guint n_idle,
         PhTime *length,
         guint64 *n_pictures)
{
  const PhClipFormInfo *info = ph_clip_form_get_info (order->form);
  PhSteps steps = ph_steps_new (order->span, info->is_film ? order->fps : 1,
                                info->is_film ? order->speed : PH_STEPS_SPEED, idle,
                                order->cut_idle ? n_idle : 0);

  *n_pictures = 0;
  *length = steps.length;

  if (!info->is_film)
    return;

  *n_pictures = ph_steps_count (&steps);

  if (order->title != NULL)
    *n_pictures += order->fps * CARD_SECONDS;

  *length = (PhTime) (*n_pictures * PH_SECOND / order->fps);
}

static void
append (GString *text,
        const char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");

  g_string_append (text, part);
}

char *
ph_clip_estimate (const PhClipOrder *order,
                  int width,
                  int height,
                  const PhSpan *idle,
                  guint n_idle)
{
  GString *text = g_string_new (NULL);
  PhClipLayout layout;
  PhTime length;
  guint64 n_pictures;

  measure (order, idle, n_idle, &length, &n_pictures);

  if ((ph_clip_form_has (order->form) & PH_CLIP_HAS_END) != 0)
    {
      g_autofree char *time = ph_time_format_tenths (length);

      append (text, time);
    }

  if (n_pictures > 0)
    {
      g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, n_pictures);
      /* Translators: a number, of a film. */
      g_autofree char *pictures = g_strdup_printf (
        ngettext ("%s picture", "%s pictures", (gulong) MIN (n_pictures, G_MAXLONG)), number);

      append (text, pictures);
    }

  if ((ph_clip_form_has (order->form) & PH_CLIP_HAS_SIZE) != 0 &&
      ph_clip_layout (order, width, height, &layout, NULL))
    {
      guint columns = order->form == PH_CLIP_SHEET ? order->columns : 1;
      guint rows = order->form == PH_CLIP_SHEET ? order->rows : 1;
      g_autofree char *size =
        columns * rows > 1
          /* Translators: columns and rows of a sheet, and the size of one of its pictures. */
          ? g_strdup_printf (_ ("%u × %u pictures of %d × %d"), columns, rows, layout.width,
                             layout.height)
          : g_strdup_printf ("%d × %d", layout.width, layout.height);

      append (text, size);
    }

  return g_string_free (text, FALSE);
}

/* What no file system takes amiss, and no shell. */
static char *
make_plain (const char *title)
{
  g_autofree char *visible = ph_text_visible (title);
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (const char *p = visible; *p != '\0' && n < MAX_TITLE_CHARS; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 && strchr ("/\\:*?\"<>|", (int) c) != NULL)
        c = ' ';

      /* No two spaces, and no hidden files. */
      if ((c == ' ' || c == '.') && (text->len == 0 || text->str[text->len - 1] == ' '))
        continue;

      g_string_append_unichar (text, c);
      n++;
    }

  g_strchomp (text->str);

  return g_string_free (text, FALSE);
}

char *
ph_clip_file_name (const PhClipOrder *order,
                   const char *title)
{
  g_autofree char *plain = make_plain (title);
  g_autofree char *from = ph_time_format (order->span.begin);
  g_autofree char *to = ph_time_format (order->span.end);
  const char *name = plain[0] != '\0' ? plain : _ ("Clip");
  const char *extension = ph_clip_form_get_info (order->form)->extension;

  g_strdelimit (from, ":", '.');
  g_strdelimit (to, ":", '.');

  if (order->form == PH_CLIP_PNG)
    return g_strdup_printf ("%s %s.%s", name, from, extension);

  return g_strdup_printf ("%s %s–%s.%s", name, from, to, extension);
}

char *
ph_clip_time_left (PhTime left)
{
  guint seconds;

  if (left == PH_TIME_NONE)
    return g_strdup ("");

  seconds = (guint) CLAMP ((left + PH_SECOND - 1) / PH_SECOND, 1, 360000);

  if (seconds < 60)
    return g_strdup_printf (ngettext ("About %u second left", "About %u seconds left", seconds),
                            seconds);

  seconds = (seconds + 30) / 60;

  return g_strdup_printf (ngettext ("About %u minute left", "About %u minutes left", seconds),
                          seconds);
}
