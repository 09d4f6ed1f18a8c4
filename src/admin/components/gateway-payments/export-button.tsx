import { ArrowDownTray } from "@medusajs/icons"
import { Button, toast } from "@medusajs/ui"
import { useMutation } from "@tanstack/react-query"
import { download, isLoggedOut, messageOf } from "../../lib/client"
import { useWords } from "../../lib/words"
import { paymentsPath, type PaymentFilters } from "./api"

/** Saves what the filters let through as a file. */
export function ExportButton({ filters }: { filters: PaymentFilters }) {
  const { t } = useWords()
  const { mutate, isPending } = useMutation({
    mutationFn: async () =>
      await download(`${paymentsPath}/export`, filters ?? {}, "gateway-payments.csv"),
    onSuccess: () => toast.success(t("payments.exported")),
    onError: (error) =>
      toast.error(t("payments.notExported"), {
        description: isLoggedOut(error) ? t("common.loggedOut") : messageOf(error),
      }),
  })
  return (
    <Button size="small" variant="secondary" isLoading={isPending} onClick={() => mutate()}>
      <ArrowDownTray />
      {t("payments.export")}
    </Button>
  )
}
