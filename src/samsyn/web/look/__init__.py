"""The look of Samsyn: base templates, parts, form rendering and the formats of Swedish text."""
