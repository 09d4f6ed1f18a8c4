import { ArrowDownTray } from "@medusajs/icons"
import { Button, toast } from "@medusajs/ui"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useAbilities } from "../../lib/abilities"
import { download } from "../../lib/client"
import { payoutsKey } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { filesPath, type BankFile } from "./api"

/** Saves a file for the bank. It holds accounts in full, so that each download is written down. */
export function DownloadBankFile({ file }: { file: BankFile }) {
  const { t, failure } = usePayoutWords()
  const { may } = useAbilities()
  const queries = useQueryClient()
  const { mutate, isPending } = useMutation({
    mutationFn: async () => await download(`${filesPath}/${file.id}/download`, {}, file.file_name),
    onSuccess: () => toast.success(t("bankFiles.downloaded")),
    onError: (error) => toast.error(t("common.notExported"), { description: failure(error) }),
    onSettled: async () => await queries.invalidateQueries({ queryKey: payoutsKey }),
  })
  if (!may?.("payout_beneficiary:reveal")) {
    return null
  }
  return (
    <Button
      size="small"
      variant="secondary"
      aria-label={t("bankFiles.downloadOne", { name: file.file_name })}
      isLoading={isPending}
      onClick={() => mutate()}
    >
      <ArrowDownTray />
      {t("bankFiles.download")}
    </Button>
  )
}
