/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-table.h"

#include "ph-limits.h"
#include "ph-varint.h"

#define TIMINGS                                                                                 \
  "requestStart responseStart responseEnd domContentLoadedEventStart domContentLoadedEventEnd " \
  "loadEventStart loadEventEnd firstPaint firstContentfulPaint"

static const PhMobKind kinds[PH_MOB_N_TYPES] = {
  [0] = { "Timestamp", "u" },
  [1] = { "SessionStart", "uussssssssssuuss" },
  [3] = { "CleanSession", "u" },
  [4] = { "SetPageLocation", "ssu" },
  [5] = { "SetViewportSize", "uu" },
  [6] = { "SetViewportScroll", "ii" },
  [7] = { "CreateDocument", "" },
  [8] = { "CreateElementNode", "uuusb" },
  [9] = { "CreateTextNode", "uuu" },
  [10] = { "MoveNode", "uuu" },
  [11] = { "RemoveNode", "u" },
  [12] = { "SetNodeAttribute", "uss" },
  [13] = { "RemoveNodeAttribute", "us" },
  [14] = { "SetNodeData", "us" },
  [15] = { "SetCSSData", "us" },
  [16] = { "SetNodeScroll", "uii" },
  [17] = { "SetInputTarget", "us" },
  [18] = { "SetInputValue", "usi" },
  [19] = { "SetInputChecked", "ub" },
  [20] = { "MouseMove", "uu" },
  [21] = { "NetworkRequest", "sssssuuu" },
  [22] = { "ConsoleLog", "ss" },
  [23] = { "PageLoadTiming", "uuuuuuuuu", TIMINGS, PH_MOB_USE_PLUGIN },
  [24] = { "PageRenderTiming", "uuu", "speedIndex visuallyComplete timeToInteractive",
           PH_MOB_USE_PLUGIN },
  [25] = { "JSException", "sss" },
  [26] = { "IntegrationEvent", "ussss", "timestamp source name message payload",
           PH_MOB_USE_CUSTOM },
  [27] = { "CustomEvent", "ss" },
  [28] = { "UserID", "s" },
  [29] = { "UserAnonymousID", "s" },
  [30] = { "Metadata", "ss" },
  [31] = { "PageEvent", "uussbuuuuuuuuuuuu",
           "messageId timestamp url referrer loaded " TIMINGS
           " speedIndex visuallyComplete timeToInteractive",
           PH_MOB_USE_PLUGIN },
  [32] = { "InputEvent", "uusbs", "messageId timestamp value valueMasked label",
           PH_MOB_USE_PLUGIN },
  [33] = { "PageEvent", "uussbuuuuuuuuuuuus",
           "messageId timestamp url referrer loaded " TIMINGS
           " speedIndex visuallyComplete timeToInteractive webVitals",
           PH_MOB_USE_PLUGIN },
  [34] = { "StringDictGlobal", "us" },
  [35] = { "SetNodeAttributeDictGlobal", "uuu" },
  [36] = { "NodeAnimationResult", "us" },
  [37] = { "CSSInsertRule", "usu" },
  [38] = { "CSSDeleteRule", "uu" },
  [39] = { "Fetch", "ssssuuu" },
  [40] = { "Profiler", "suss", "name duration args result", PH_MOB_USE_CUSTOM },
  [41] = { "OTable", "ss", "key value", PH_MOB_USE_CUSTOM },
  [42] = { "StateAction", "s", "type", PH_MOB_USE_CUSTOM },
  [43] = { "StringDict", "ss" },
  [44] = { "Redux", "ssu", "action state duration", PH_MOB_USE_CUSTOM },
  [45] = { "Vuex", "ss", "mutation state", PH_MOB_USE_CUSTOM },
  [46] = { "MobX", "ss", "type payload", PH_MOB_USE_CUSTOM },
  [47] = { "NgRx", "ssu", "action state duration", PH_MOB_USE_CUSTOM },
  [48] = { "GraphQL", "ssssi", "operationKind operationName variables response duration",
           PH_MOB_USE_CUSTOM },
  [49] = { "PerformanceTrack", "iiuu", "frames ticks totalJSHeapSize usedJSHeapSize",
           PH_MOB_USE_PLUGIN },
  [50] = { "StringDict", "us" },
  [51] = { "SetNodeAttributeDict", "uuu" },
  [52] = { "SetNodeAttributeDict", "uss" },
  [53] = { "ResourceTiming", "uuuuuuss" },
  [54] = { "ConnectionInformation", "us", "downlink type", PH_MOB_USE_PLUGIN },
  [55] = { "SetPageVisibility", "b", "hidden", PH_MOB_USE_PLUGIN },
  [56] = { "PerformanceTrackAggr", "uuuuuuuuuuuuuu" },
  [57] = { "LoadFontFace", "usss" },
  [58] = { "SetNodeFocus", "i" },
  [59] = { "LongTask", "uuuusss",
           "timestamp duration context containerType containerSrc containerId containerName",
           PH_MOB_USE_PLUGIN },
  [60] = { "SetNodeAttributeURLBased", "usss" },
  [61] = { "SetCSSDataURLBased", "uss" },
  [62] = { "IssueEvent", "uussss" },
  [63] = { "TechnicalInfo", "ss" },
  [64] = { "CustomIssue", "ss" },
  [65] = { "SetNodeSlot", "uu" },
  [66] = { "AssetCache", "s" },
  [67] = { "CSSInsertRuleURLBased", "usus" },
  [68] = { "MouseClick", "uussuu" },
  [69] = { "MouseClick", "uuss" },
  [70] = { "CreateIFrameDocument", "uu" },
  [71] = { "AdoptedSSReplaceURLBased", "uss" },
  [72] = { "AdoptedSSReplace", "us" },
  [73] = { "AdoptedSSInsertRuleURLBased", "usus" },
  [74] = { "AdoptedSSInsertRule", "usu" },
  [75] = { "AdoptedSSDeleteRule", "uu" },
  [76] = { "AdoptedSSAddOwner", "uu" },
  [77] = { "AdoptedSSRemoveOwner", "uu" },
  [78] = { "JSException", "ssss" },
  [79] = { "Zustand", "ss", "mutation state", PH_MOB_USE_CUSTOM },
  [80] = { "BatchMeta", "uui" },
  [81] = { "BatchMetadata", "uuuis" },
  [82] = { "PartitionedMessage", "uu" },
  [83] = { "NetworkRequest", "sssssuuuu" },
  [84] = { "WSChannel", "sssuss", "type name data timestamp direction messageType",
           PH_MOB_USE_CUSTOM },
  [85] = { "ResourceTiming", "uuuuuussubuuuuuuu" },
  [87] = { "Incident", "sii", "label startTime endTime", PH_MOB_USE_CUSTOM },
  [89] = { "LongAnimationTask", "siiiis",
           "name duration blockingDuration firstUIEventTimestamp startTime scripts",
           PH_MOB_USE_PLUGIN },
  [90] = { "MobileSessionStart", "uussssssss" },
  [91] = { "MobileSessionEnd", "u" },
  [92] = { "MobileMetadata", "uuss" },
  [93] = { "MobileEvent", "uuss" },
  [94] = { "MobileUserID", "uus" },
  [95] = { "MobileUserAnonymousID", "uus" },
  [96] = { "MobileScreenChanges", "uuuuuu" },
  [97] = { "MobileCrash", "uusss" },
  [98] = { "MobileViewComponentEvent", "uussb" },
  [100] = { "MobileClickEvent", "uusuu" },
  [101] = { "MobileInputEvent", "uusbs" },
  [102] = { "MobilePerformanceEvent", "uusu" },
  [103] = { "MobileLog", "uuss" },
  [104] = { "MobileInternalError", "uus" },
  [105] = { "MobileNetworkCall", "uusssssuu" },
  [106] = { "MobileSwipeEvent", "uusuus" },
  [107] = { "MobileBatchMeta", "uuu" },
  [111] = { "MobileIssueEvent", "ussss" },
  [112] = { "InputChange", "usbsii",
            "id value valueMasked label hesitationTime inputDuration", PH_MOB_USE_PLUGIN },
  [113] = { "SelectionChange", "uus" },
  [114] = { "MouseThrashing", "u", "timestamp", PH_MOB_USE_CUSTOM },
  [115] = { "UnbindNodes", "u" },
  [116] = { "ResourceTiming", "uuuuuussub" },
  [117] = { "TabChange", "s" },
  [118] = { "TabData", "s" },
  [119] = { "CanvasNode", "su" },
  [120] = { "TagTrigger", "i", "tagId", PH_MOB_USE_CUSTOM },
  [121] = { "Redux", "ssuu", "action state duration actionTime", PH_MOB_USE_CUSTOM },
  [122] = { "SetPageLocation", "ssus" },
  [123] = { "GraphQL", "ssssu", "operationKind operationName variables response duration",
            PH_MOB_USE_CUSTOM },
  [124] = { "WebVitals", "ss", "name value", PH_MOB_USE_PLUGIN },
  [125] = { "IssueEvent", "uusssss" },
  [126] = { "SessionEnd", "us" },
  [127] = { "SessionSearch", "uu" },
};

const PhMobKind *
ph_mob_kind (guint64 type)
{
  return type < G_N_ELEMENTS (kinds) && kinds[type].name != NULL ? &kinds[type] : NULL;
}

PhMobFit
ph_mob_read_number (const guint8 **at,
                    const guint8 *end,
                    guint64 *number)
{
  const guint8 *begin = *at;

  if (ph_varint_take (at, end, number))
    return PH_MOB_FITS;

  return end - begin >= 10 ? PH_MOB_ODD : PH_MOB_SHORT;
}

static PhMobFit
read_text (const guint8 **at,
           const guint8 *end,
           PhMobField *field)
{
  guint64 size;
  PhMobFit fit = ph_mob_read_number (at, end, &size);

  if (fit != PH_MOB_FITS)
    return fit;

  if (size > PH_LIMIT_VALUE_BYTES)
    return PH_MOB_ODD;

  field->text = (const char *) *at;
  field->size = (gsize) size;

  if (size > (guint64) (end - *at))
    return PH_MOB_SHORT;

  *at += size;

  return PH_MOB_FITS;
}

static PhMobFit
read_field (char letter,
            const guint8 **at,
            const guint8 *end,
            PhMobField *field)
{
  guint64 number = 0;
  PhMobFit fit = PH_MOB_FITS;

  if (letter == 's')
    return read_text (at, end, field);

  if (letter != 'b')
    fit = ph_mob_read_number (at, end, &number);
  else if (*at == end)
    fit = PH_MOB_SHORT;
  else
    number = *(*at)++;

  if (fit != PH_MOB_FITS)
    return fit;

  if (letter == 'b' && number > 1)
    return PH_MOB_ODD;

  field->number = letter == 'i' ? ph_varint_unzigzag (number) : (gint64) MIN (number, G_MAXINT64);

  return PH_MOB_FITS;
}

PhMobFit
ph_mob_read_fields (const PhMobKind *kind,
                    const guint8 **at,
                    const guint8 *end,
                    PhMobField *fields)
{
  for (guint i = 0; kind->fields[i] != '\0'; i++)
    {
      PhMobField field = {};
      PhMobFit fit = read_field (kind->fields[i], at, end, &field);

      if (fit != PH_MOB_FITS)
        return fit;

      if (fields != NULL)
        fields[i] = field;
    }

  return PH_MOB_FITS;
}
