const NAMES = [
  "Any",
  "Boolean",
  "Integer",
  "Long",
  "Decimal",
  "String",
  "DateTime",
  "Date",
  "Time",
];

/** A class of the language's own that its operators are declared with, and its elements by type. */
const CLASSES = {
  Quantity: { value: "Decimal", unit: "String" },
  Ratio: { numerator: "Quantity", denominator: "Quantity" },
  Code: { code: "String", system: "String", version: "String", display: "String" },
  Concept: { display: "String" },
  Vocabulary: { id: "String", version: "String", name: "String" },
  CodeSystem: {},
  ValueSet: {},
};
const BASES = { CodeSystem: "Vocabulary", ValueSet: "Vocabulary" };

/**
 * The types of CQL itself as a model, which the translator asks for and does not bring along. The names are
 * those of the language's specification; only what the translator needs to resolve operators is said.
 */
export const SYSTEM_MODEL = `<modelInfo xmlns="urn:hl7-org:elm-modelinfo:r1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  name="System" version="1.0.0" url="urn:hl7-org:elm-types:r1" targetQualifier="system">
${NAMES.map(
  (name) =>
    `<typeInfo xsi:type="SimpleTypeInfo" name="System.${name}"${name === "Any" ? "" : ` baseType="System.Any"`}/>`,
).join("\n")}
${Object.entries(CLASSES)
  .map(
    ([name, elements]) =>
      `<typeInfo xsi:type="ClassInfo" name="System.${name}" baseType="System.${BASES[name] ?? "Any"}">${Object.entries(
        elements,
      )
        .map(([element, type]) => `<element name="${element}" type="System.${type}"/>`)
        .join("")}</typeInfo>`,
  )
  .join("\n")}
</modelInfo>`;
