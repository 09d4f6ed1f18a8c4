const listedFields = [
  "id",
  "file_name",
  "digest",
  "status",
  "allow_partial",
  "total",
  "checked",
  "made",
  "created_by",
  "created_at",
  "updated_at",
]

/** `problems` can be a thousand lines long: it is in the detail, and in the list on request. */
export const importFields = [...listedFields, "problems"]

export const retrieveImportConfig = { defaults: importFields, allowed: importFields, isList: false }

export const listImportsConfig = {
  defaults: listedFields,
  allowed: importFields,
  defaultLimit: 20,
  isList: true,
}
