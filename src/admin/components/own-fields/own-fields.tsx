import { Button } from "@medusajs/ui"
import { useState } from "react"
import { Fact } from "../fact"
import { usePayoutWords } from "../payouts/words"
import { EditOwnFields, type OwnFields, type SaveOwnFields } from "./edit-own-fields"

/** What the shop keeps with a beneficiary or a transfer for itself: its own id of it, and metadata. Nothing of it is sent. */
export function OwnFieldsFacts({
  fields,
  mayEdit,
  save,
}: {
  fields: OwnFields
  mayEdit: boolean
  save: SaveOwnFields
}) {
  const { t } = usePayoutWords()
  const [isEditing, setIsEditing] = useState(false)
  const { external_id, metadata } = fields
  return (
    <>
      {external_id !== null && (
        <Fact label={t("payouts.externalId")} copies={external_id}>
          <span className="break-all">{external_id}</span>
        </Fact>
      )}
      {Object.entries(metadata ?? {}).map(([key, value]) => (
        <Fact key={key} label={t("ownFields.metadataOf", { key })}>
          <span className="whitespace-pre-line">{String(value)}</span>
        </Fact>
      ))}
      {mayEdit && (
        <div className="px-6 py-3">
          <Button size="small" variant="secondary" onClick={() => setIsEditing(true)}>
            {t("ownFields.open")}
          </Button>
        </div>
      )}
      {isEditing && (
        <EditOwnFields fields={fields} save={save} onClose={() => setIsEditing(false)} />
      )}
    </>
  )
}
