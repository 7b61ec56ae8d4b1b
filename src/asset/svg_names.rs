//! What SVG 2, and SVG 1.1 where browsers still follow it, calls the parts of a drawing.
//!
//! The lists hold what may stay. What is missing here goes, whatever it is.

/// Returns the name, from our own list, of an element that may stay.
pub(super) fn element(name: &str) -> Option<&'static str> {
    ELEMENTS.binary_search(&name).ok().map(|at| ELEMENTS[at])
}

/// Attributes that are numbers, words or text and never an address.
pub(super) fn is_plain(attribute: &str) -> bool {
    PLAIN.binary_search(&attribute).is_ok() || is_geometry(attribute)
}

/// The plain ones among them that an animation may change.
pub(super) fn is_geometry(attribute: &str) -> bool {
    GEOMETRY.binary_search(&attribute).is_ok()
}

/// Attributes that are read as CSS, in which `url(…)` may stand.
pub(super) fn is_style(attribute: &str) -> bool {
    STYLE.binary_search(&attribute).is_ok()
}

// One name a line would make the lists longer than the code.
#[rustfmt::skip]
const ELEMENTS: [&str; 60] = [
    "a", "animate", "animateMotion", "animateTransform", "circle", "clipPath", "defs", "desc", "ellipse",
    "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix",
    "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA",
    "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feImage", "feMerge", "feMergeNode", "feMorphology",
    "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter",
    "g", "image", "line", "linearGradient", "marker", "mask", "mpath", "path", "pattern", "polygon",
    "polyline", "radialGradient", "rect", "set", "stop", "style", "svg", "switch", "symbol", "text",
    "textPath", "title", "tspan", "use", "view",
];

#[rustfmt::skip]
const GEOMETRY: [&str; 71] = [
    "amplitude", "azimuth", "baseFrequency", "bias", "cx", "cy", "d", "diffuseConstant", "divisor", "dx",
    "dy", "elevation", "exponent", "fr", "fx", "fy", "gradientTransform", "height", "in", "in2",
    "intercept", "k1", "k2", "k3", "k4", "kernelMatrix", "limitingConeAngle", "markerHeight", "markerWidth",
    "mode", "numOctaves", "offset", "operator", "order", "pathLength", "patternTransform", "points",
    "pointsAtX", "pointsAtY", "pointsAtZ", "preserveAspectRatio", "r", "radius", "refX", "refY", "result",
    "rotate", "rx", "ry", "scale", "seed", "slope", "specularConstant", "specularExponent", "spreadMethod",
    "startOffset", "stdDeviation", "surfaceScale", "tableValues", "targetX", "targetY", "textLength",
    "viewBox", "width", "x", "x1", "x2", "y", "y1", "y2", "z",
];

#[rustfmt::skip]
const PLAIN: [&str; 55] = [
    "accumulate", "additive", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby",
    "aria-level", "aria-roledescription", "attributeName", "attributeType", "begin", "calcMode", "class",
    "clipPathUnits", "dur", "edgeMode", "end", "filterUnits", "focusable", "gradientUnits", "id",
    "kernelUnitLength", "keyPoints", "keySplines", "keyTimes", "lang", "lengthAdjust", "markerUnits",
    "maskContentUnits", "maskUnits", "max", "media", "method", "min", "orient", "origin", "path",
    "patternContentUnits", "patternUnits", "preserveAlpha", "primitiveUnits", "repeatCount", "repeatDur",
    "restart", "role", "side", "spacing", "stitchTiles", "systemLanguage", "tabindex", "type", "version",
    "xChannelSelector", "yChannelSelector", "zoomAndPan",
];

#[rustfmt::skip]
const STYLE: [&str; 78] = [
    "alignment-baseline", "baseline-shift", "by", "clip", "clip-path", "clip-rule", "color",
    "color-interpolation", "color-interpolation-filters", "color-rendering", "cursor", "direction",
    "display", "dominant-baseline", "enable-background", "fill", "fill-opacity", "fill-rule", "filter",
    "flood-color", "flood-opacity", "font", "font-family", "font-feature-settings", "font-kerning",
    "font-size", "font-size-adjust", "font-stretch", "font-style", "font-variant", "font-variant-ligatures",
    "font-weight", "from", "glyph-orientation-horizontal", "glyph-orientation-vertical", "image-rendering",
    "kerning", "letter-spacing", "lighting-color", "line-height", "marker", "marker-end", "marker-mid",
    "marker-start", "mask", "mask-type", "mix-blend-mode", "opacity", "overflow", "paint-order",
    "pointer-events", "shape-rendering", "solid-color", "solid-opacity", "stop-color", "stop-opacity",
    "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "stroke-opacity", "stroke-width", "style", "text-anchor", "text-decoration",
    "text-rendering", "to", "transform", "transform-origin", "unicode-bidi", "values", "vector-effect",
    "visibility", "white-space", "word-spacing", "writing-mode",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_the_order_that_searching_needs() {
        for list in [&ELEMENTS[..], &GEOMETRY, &PLAIN, &STYLE] {
            assert!(list.is_sorted());
        }
    }

    #[test]
    fn nothing_in_them_can_act() {
        for list in [&GEOMETRY[..], &PLAIN, &STYLE] {
            let acts = |name: &&&str| name.starts_with("on") || name.contains("href") || name.contains("src");
            assert_eq!(list.iter().find(acts), None);
        }
        for name in ["script", "foreignObject", "iframe", "handler", "metadata", "font-face-uri"] {
            assert_eq!(element(name), None);
        }
    }
}
