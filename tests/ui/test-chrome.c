/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-chrome.h"
#include "ui-driver.h"

#define BAR 40
#define WIDTH 500
#define HEIGHT 400

typedef struct
{
  GtkWidget *window;
  GtkWidget *top, *content, *bottom;
  PhChrome *chrome;
} Fixture;

static GtkWidget *
new_part (int height)
{
  GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (part, 100, height);

  return part;
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->top = new_part (BAR);
  fixture->content = new_part (100);
  fixture->bottom = new_part (BAR);
  fixture->chrome = g_object_new (PH_TYPE_CHROME,
                                  "top", fixture->top,
                                  "content", fixture->content,
                                  "bottom", fixture->bottom,
                                  NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->chrome));
  gtk_widget_set_size_request (GTK_WIDGET (fixture->chrome), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_driver_spin (50);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->chrome), (gpointer *) &fixture->chrome);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_driver_spin (50);
  g_assert_null (fixture->chrome);
}

static void
assert_place (Fixture *fixture,
              GtkWidget *part,
              int y,
              int height)
{
  graphene_rect_t bounds;

  /* A busy machine lays out late. */
  for (guint i = 0; i < 100; i++)
    {
      g_assert_true (gtk_widget_compute_bounds (part, GTK_WIDGET (fixture->chrome), &bounds));

      if ((int) bounds.origin.y == y && (int) bounds.size.height == height)
        break;

      ui_driver_spin (50);
    }

  g_assert_cmpint ((int) bounds.origin.y, ==, y);
  g_assert_cmpint ((int) bounds.size.height, ==, height);
  g_assert_cmpint ((int) bounds.size.width, ==, WIDTH);
}

static void
test_beside (Fixture *fixture,
             gconstpointer data)
{
  assert_place (fixture, fixture->top, 0, BAR);
  assert_place (fixture, fixture->content, BAR, HEIGHT - 2 * BAR);
  assert_place (fixture, fixture->bottom, HEIGHT - BAR, BAR);

  /* Not revealed has no meaning here: the bars stay. */
  ph_chrome_set_revealed (fixture->chrome, FALSE);
  ui_driver_spin (300);
  assert_place (fixture, fixture->top, 0, BAR);
  g_assert_true (gtk_widget_get_child_visible (fixture->top));
}

static void
test_overlaid (Fixture *fixture,
               gconstpointer data)
{
  ph_chrome_set_overlaid (fixture->chrome, TRUE);
  ui_driver_spin (400);
  assert_place (fixture, fixture->content, 0, HEIGHT);
  assert_place (fixture, fixture->top, 0, BAR);
  assert_place (fixture, fixture->bottom, HEIGHT - BAR, BAR);
  g_assert_true (gtk_widget_has_css_class (fixture->top, "osd"));

  /* The content does not move when they go. */
  ph_chrome_set_revealed (fixture->chrome, FALSE);
  ui_driver_spin (400);
  assert_place (fixture, fixture->content, 0, HEIGHT);
  g_assert_false (gtk_widget_get_child_visible (fixture->top));
  g_assert_false (gtk_widget_get_child_visible (fixture->bottom));
  g_assert_false (ph_chrome_is_settled (fixture->chrome));

  /* Within reach at once, in place a little later. */
  ph_chrome_set_revealed (fixture->chrome, TRUE);
  g_assert_true (gtk_widget_get_child_visible (fixture->top));
  g_assert_false (ph_chrome_is_settled (fixture->chrome));
  ui_driver_spin (400);
  g_assert_true (ph_chrome_is_settled (fixture->chrome));

  ph_chrome_set_revealed (fixture->chrome, FALSE);
  ui_driver_spin (400);
  ph_chrome_set_overlaid (fixture->chrome, FALSE);
  ui_driver_spin (50);
  assert_place (fixture, fixture->top, 0, BAR);
  assert_place (fixture, fixture->content, BAR, HEIGHT - 2 * BAR);
  g_assert_true (gtk_widget_get_child_visible (fixture->bottom));
  g_assert_false (gtk_widget_has_css_class (fixture->top, "osd"));
}

static void
test_is_on_bar (Fixture *fixture,
                gconstpointer data)
{
  static const struct
  {
    double y;
    gboolean on_bar;
  } cases[] = {
    { -1, FALSE },
    { 0, TRUE },
    { BAR - 1, TRUE },
    { BAR + 1, FALSE },
    { HEIGHT / 2.0, FALSE },
    { HEIGHT - 1, TRUE },
    { HEIGHT + 5, FALSE },
  };

  assert_place (fixture, fixture->bottom, HEIGHT - BAR, BAR);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (ph_chrome_is_on_bar (fixture->chrome, 10, cases[i].y), ==, cases[i].on_bar);
    }

  ph_chrome_set_overlaid (fixture->chrome, TRUE);
  ph_chrome_set_revealed (fixture->chrome, FALSE);
  g_assert_false (ph_chrome_is_on_bar (fixture->chrome, 10, 5));
}

static void
test_hidden_bar (Fixture *fixture,
                 gconstpointer data)
{
  gtk_widget_set_visible (fixture->bottom, FALSE);
  ui_driver_spin (50);
  assert_place (fixture, fixture->content, BAR, HEIGHT - BAR);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  ui_driver_init (&argc, &argv, TRUE);

  ADD ("/chrome/beside", test_beside);
  ADD ("/chrome/overlaid", test_overlaid);
  ADD ("/chrome/is-on-bar", test_is_on_bar);
  ADD ("/chrome/hidden-bar", test_hidden_bar);

  return ui_driver_run ();
}
