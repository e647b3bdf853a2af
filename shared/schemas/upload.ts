import * as z from "zod";

/** Response body of `POST /uploads`. */
export const uploadSchema = z.object({
  upload_id: z.uuid().describe("What `POST /predict` is given once the photograph is uploaded"),
  url: z.string().describe("Where the form is posted to"),
  fields: z
    .record(z.string(), z.string())
    .describe("Fields of the form; the photograph follows as `file`, last"),
  max_bytes: z.int().positive().describe("Largest photograph that is accepted"),
  expires_at: z.iso.datetime().describe("Until when the form can be posted"),
});
export type Upload = z.infer<typeof uploadSchema>;
