/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Films, by GStreamer: appsrc → encoder → muxer → file. Every setting gives the same
 * bytes on every run: nothing here looks at how long something took.
 *
 * Pictures wait in front of the encoder, a few at most. It runs on a thread of its own
 * (appsrc's), and on more where it can.
 */

#include "ph-clip-encoder.h"

#include "ph-clip-pixels.h"
#include "ph-error.h"

#include <glib/gi18n.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <gst/video/video.h>

/* Pictures on their way to the encoder. */
#define MAX_WAITING 4
/* Between two pictures that can be jumped to. */
#define KEY_SECONDS 5

typedef struct
{
  const char *encoder;
  const char *muxer;
  const char *package; /* of Debian, with the encoder */
  PhClipMatrix matrix;
  const char *caps;     /* between encoder and muxer, or NULL */
  const char *settings; /* of the encoder: name=value, … */
} Codec;

/*
 * Pages are flat, sharp and mostly still: a constant quality, high enough for text to
 * stay as it was, costs little. Realtime modes are several times as fast as others; a
 * speed below 0 is a fixed one, where others depend on the machine's. One thread: those of
 * libvpx wait for each other without sleeping (ten times the work on a machine that is
 * busy), and the page that is painted meanwhile needs the other processor anyway. x264
 * without a bound on its rate: the default is 2 Mbit/s, which smears text, and several threads
 * keep to it in another way on every run.
 */
static const Codec codecs[] = {
  [PH_CLIP_WEBM] = {
    .encoder = "vp8enc",
    .muxer = "webmmux",
    .package = "gstreamer1.0-plugins-good",
    .matrix = PH_CLIP_BT601,
    .settings = "deadline=1 cpu-used=-10 end-usage=cq cq-level=10 min-quantizer=4 "
                "max-quantizer=24 static-threshold=1 buffer-size=6000 threads=1",
  },
  [PH_CLIP_WEBM_VP9] = {
    .encoder = "vp9enc",
    .muxer = "webmmux",
    .package = "gstreamer1.0-plugins-good",
    .matrix = PH_CLIP_BT709,
    .settings = "deadline=1 cpu-used=8 end-usage=cq cq-level=16 min-quantizer=4 "
                "max-quantizer=32 lag-in-frames=0 threads=1",
  },
  [PH_CLIP_MP4] = {
    .encoder = "x264enc",
    .muxer = "mp4mux",
    .package = "gstreamer1.0-plugins-ugly",
    .matrix = PH_CLIP_BT709,
    .caps = "video/x-h264,profile=high",
    .settings = "speed-preset=superfast pass=qual quantizer=18 vbv-buf-capacity=0 bframes=0 "
                "rc-lookahead=0 mb-tree=false",
  },
};

typedef struct
{
  PhClipEncoder parent;

  const Codec *codec;
  guint fps;
  GstVideoInfo info;

  GstElement *pipeline;
  GstAppSrc *source;
  GstBufferPool *pool;
  GstBuffer *last; /* the picture added last, for once more */
  guint64 n_added;

  GMutex mutex;
  GCond changed;
  guint n_waiting; /* below the mutex: pictures in front of the encoder */
  gboolean stopped;
  gboolean ended;
  GError *error;
} Video;

/* --- what there is --------------------------------------------------------- */

static gboolean
start_gstreamer (GError **error)
{
  return gst_is_initialized () || gst_init_check (NULL, NULL, error);
}

static gboolean
has_element (const char *name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  return factory != NULL;
}

static gboolean
has_codec (PhClipForm form)
{
  return has_element (codecs[form].encoder) && has_element (codecs[form].muxer);
}

/* The first form that can be made here; GIFs always can. */
static PhClipForm
find_other (PhClipForm form)
{
  static const PhClipForm others[] = { PH_CLIP_WEBM, PH_CLIP_MP4, PH_CLIP_WEBM_VP9 };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i] != form && has_codec (others[i]))
      return others[i];

  return PH_CLIP_GIF;
}

gboolean
ph_clip_form_check (PhClipForm form,
                    GError **error)
{
  const Codec *codec;
  const char *missing;

  g_return_val_if_fail ((guint) form < PH_CLIP_N_FORMS, FALSE);

  if (form >= G_N_ELEMENTS (codecs))
    return TRUE;

  if (!start_gstreamer (error))
    return FALSE;

  if (has_codec (form))
    return TRUE;

  codec = &codecs[form];
  missing = has_element (codec->encoder) ? codec->muxer : codec->encoder;
  g_set_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED,
               /* Translators: two names of parts, then of a form: “WebM video (VP8)”. */
               _ ("This needs “%s”, which comes with the package %s; “%s” works without it"),
               missing,
               has_element (codec->encoder) ? "gstreamer1.0-plugins-good" : codec->package,
               _ (ph_clip_form_get_info (find_other (form))->title));

  return FALSE;
}

/* --- the pipeline ---------------------------------------------------------- */

static void
stop (Video *self,
      const GError *error)
{
  g_mutex_lock (&self->mutex);

  if (self->error == NULL && error != NULL)
    self->error = g_error_copy (error);

  self->stopped = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/* Words for people: GStreamer's own speak of elements. */
static GError *
make_error (GstMessage *message)
{
  g_autoptr (GError) theirs = NULL;

  gst_message_parse_error (message, &theirs, NULL);

  if (g_error_matches (theirs, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, _ ("There is no space left"));

  return g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The film could not be written: %s"),
                      theirs->message);
}

/* On a thread of GStreamer's. */
static GstBusSyncReply
message_cb (GstBus *bus,
            GstMessage *message,
            gpointer user_data)
{
  Video *self = user_data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      g_autoptr (GError) error = make_error (message);

      stop (self, error);
    }
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    {
      g_mutex_lock (&self->mutex);
      self->ended = TRUE;
      g_cond_broadcast (&self->changed);
      g_mutex_unlock (&self->mutex);
    }

  return GST_BUS_DROP;
}

/* On appsrc's thread: a picture has left for the encoder. */
static GstPadProbeReturn
taken_cb (GstPad *pad,
          GstPadProbeInfo *info,
          gpointer user_data)
{
  Video *self = user_data;

  g_mutex_lock (&self->mutex);
  self->n_waiting--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);

  return GST_PAD_PROBE_OK;
}

static GstElement *
make_encoder (const Video *self)
{
  GstElement *encoder = gst_element_factory_make (self->codec->encoder, NULL);
  g_auto (GStrv) settings = g_strsplit (self->codec->settings, " ", -1);
  g_autofree char *distance = g_strdup_printf ("%u", self->fps * KEY_SECONDS);
  /* More than the quality asked for ever takes. */
  g_autofree char *rate =
    g_strdup_printf ("%d", MIN (GST_VIDEO_INFO_WIDTH (&self->info) *
                                  GST_VIDEO_INFO_HEIGHT (&self->info) / 8 * (int) self->fps,
                                400000000));
  gboolean is_h264 = self->codec->caps != NULL;

  for (guint i = 0; settings[i] != NULL; i++)
    {
      g_auto (GStrv) setting = g_strsplit (settings[i], "=", 2);

      gst_util_set_object_arg (G_OBJECT (encoder), setting[0], setting[1]);
    }

  gst_util_set_object_arg (G_OBJECT (encoder), is_h264 ? "key-int-max" : "keyframe-max-dist",
                           distance);

  if (!is_h264)
    gst_util_set_object_arg (G_OBJECT (encoder), "target-bitrate", rate);

  return encoder;
}

static void
open_pool (Video *self,
           GstCaps *caps)
{
  GstStructure *config;

  self->pool = gst_buffer_pool_new ();
  config = gst_buffer_pool_get_config (self->pool);
  gst_buffer_pool_config_set_params (config, caps, (guint) GST_VIDEO_INFO_SIZE (&self->info), 0,
                                     0);
  gst_buffer_pool_set_config (self->pool, config);
  gst_buffer_pool_set_active (self->pool, TRUE);
}

static void
set_source (Video *self)
{
  g_autoptr (GstCaps) caps = gst_video_info_to_caps (&self->info);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (GST_ELEMENT (self->source), "src");

  g_object_set (self->source, "caps", caps, "format", GST_FORMAT_TIME, "max-buffers",
                (guint64) 0, "max-bytes", (guint64) 0, NULL);
  open_pool (self, caps);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, taken_cb, self, NULL);
}

static gboolean
build (Video *self,
       const char *path,
       GError **error)
{
  GstElement *source = gst_element_factory_make ("appsrc", NULL);
  GstElement *encoder = make_encoder (self);
  GstElement *filter = gst_element_factory_make ("capsfilter", NULL);
  GstElement *muxer = gst_element_factory_make (self->codec->muxer, NULL);
  GstElement *sink = gst_element_factory_make ("filesink", NULL);
  g_autoptr (GstBus) bus = NULL;

  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->source = gst_object_ref (GST_APP_SRC (source));
  gst_bin_add_many (GST_BIN (self->pipeline), source, encoder, filter, muxer, sink, NULL);

  if (self->codec->caps != NULL)
    gst_util_set_object_arg (G_OBJECT (filter), "caps", self->codec->caps);

  g_object_set (sink, "location", path, "sync", FALSE, NULL);
  set_source (self);

  bus = gst_pipeline_get_bus (GST_PIPELINE (self->pipeline));
  gst_bus_set_sync_handler (bus, message_cb, self, NULL);

  if (gst_element_link_many (source, encoder, filter, muxer, sink, NULL) &&
      gst_element_set_state (self->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return TRUE;

  if (self->error != NULL)
    g_propagate_error (error, g_error_copy (self->error));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The film could not be begun"));

  return FALSE;
}

/* --- pictures -------------------------------------------------------------- */

static GstBuffer *
convert (const Video *self,
         cairo_surface_t *picture)
{
  GstBuffer *buffer = NULL;
  GstMapInfo map;
  PhClipPlanes planes;

  /* Memory that is used again needs no new pages of the system's. */
  if (gst_buffer_pool_acquire_buffer (self->pool, &buffer, NULL) != GST_FLOW_OK)
    buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&self->info), NULL);

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);

  for (guint i = 0; i < 3; i++)
    {
      planes.data[i] = map.data + GST_VIDEO_INFO_PLANE_OFFSET (&self->info, i);
      planes.stride[i] = GST_VIDEO_INFO_PLANE_STRIDE (&self->info, i);
    }

  cairo_surface_flush (picture);
  ph_clip_pixels_to_yuv (cairo_image_surface_get_data (picture),
                         cairo_image_surface_get_stride (picture),
                         GST_VIDEO_INFO_WIDTH (&self->info), GST_VIDEO_INFO_HEIGHT (&self->info),
                         self->codec->matrix, &planes);
  gst_buffer_unmap (buffer, &map);

  return buffer;
}

/* FALSE with the reason when no more can be taken. */
static gboolean
wait_for_room (Video *self,
               GError **error)
{
  gboolean stopped;

  g_mutex_lock (&self->mutex);

  while (self->n_waiting >= MAX_WAITING && !self->stopped)
    g_cond_wait (&self->changed, &self->mutex);

  stopped = self->stopped;

  if (!stopped)
    self->n_waiting++;

  g_mutex_unlock (&self->mutex);

  if (!stopped)
    return TRUE;

  if (self->error != NULL)
    g_propagate_error (error, g_error_copy (self->error));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled"));

  return FALSE;
}

static gboolean
add_to_video (PhClipEncoder *encoder,
              cairo_surface_t *picture,
              PhTime time,
              GError **error)
{
  Video *self = (Video *) encoder;
  GstBuffer *buffer;
  GstClockTime begin = gst_util_uint64_scale (self->n_added, GST_SECOND, self->fps);
  GstClockTime end = gst_util_uint64_scale (self->n_added + 1, GST_SECOND, self->fps);

  if (picture != NULL)
    {
      gst_clear_buffer (&self->last);
      self->last = convert (self, picture);
    }

  if (!wait_for_room (self, error))
    return FALSE;

  /* Shares the pixels. */
  buffer = gst_buffer_copy (self->last);
  GST_BUFFER_PTS (buffer) = begin;
  GST_BUFFER_DURATION (buffer) = end - begin;
  self->n_added++;

  if (gst_app_src_push_buffer (self->source, buffer) == GST_FLOW_OK)
    return TRUE;

  stop (self, NULL);

  return wait_for_room (self, error);
}

static gboolean
finish_video (PhClipEncoder *encoder,
              GError **error)
{
  Video *self = (Video *) encoder;
  gboolean ended;

  gst_app_src_end_of_stream (self->source);
  g_mutex_lock (&self->mutex);

  while (!self->ended && !self->stopped)
    g_cond_wait (&self->changed, &self->mutex);

  ended = !self->stopped;
  g_mutex_unlock (&self->mutex);

  /* Closes the file, which may fail as well. */
  gst_element_set_state (self->pipeline, GST_STATE_NULL);

  if (ended && self->error == NULL)
    return TRUE;

  stop (self, NULL);

  return wait_for_room (self, error);
}

static void
cancel_video (PhClipEncoder *encoder)
{
  stop ((Video *) encoder, NULL);
}

static void
free_video (PhClipEncoder *encoder)
{
  Video *self = (Video *) encoder;

  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);

  gst_clear_buffer (&self->last);
  gst_clear_object (&self->source);

  if (self->pool != NULL)
    gst_buffer_pool_set_active (self->pool, FALSE);

  gst_clear_object (&self->pool);
  gst_clear_object (&self->pipeline);
  g_clear_error (&self->error);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

static const PhClipEncoderClass video_class = {
  .add = add_to_video,
  .finish = finish_video,
  .cancel = cancel_video,
  .free = free_video,
};

PhClipEncoder *
ph_clip_video_new (const PhClipOrder *order,
                   const char *path,
                   int width,
                   int height,
                   GError **error)
{
  Video *self;
  g_autoptr (PhClipEncoder) encoder = NULL;

  g_return_val_if_fail (width % 2 == 0 && height % 2 == 0, NULL);

  if (!ph_clip_form_check (order->form, error))
    return NULL;

  self = g_new0 (Video, 1);
  encoder = &self->parent;
  encoder->klass = &video_class;
  self->codec = &codecs[order->form];
  self->fps = order->fps;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);

  gst_video_info_set_format (&self->info, GST_VIDEO_FORMAT_I420, (guint) width, (guint) height);
  gst_video_colorimetry_from_string (&self->info.colorimetry,
                                     self->codec->matrix == PH_CLIP_BT601
                                       ? GST_VIDEO_COLORIMETRY_BT601
                                       : GST_VIDEO_COLORIMETRY_BT709);
  GST_VIDEO_INFO_FPS_N (&self->info) = (int) order->fps;
  GST_VIDEO_INFO_FPS_D (&self->info) = 1;

  return build (self, path, error) ? g_steal_pointer (&encoder) : NULL;
}
