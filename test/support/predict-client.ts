import type { ErrorBody, Prediction } from "../../shared/schemas/prediction.ts";
import { type Answer, send } from "./http-client.ts";
import { createForm, type FormPart } from "./multipart.ts";

/** `POST /predict` of one service. */
export function createPredictClient(address: () => string) {
  const post = (contentType: string, body: Uint8Array | string): Promise<Answer> =>
    send(`${address()}/predict`, { method: "POST", headers: ["Content-Type", contentType], body });

  const postForm = (parts: FormPart[]): Promise<Answer> => {
    const { contentType, body } = createForm(parts);
    return post(contentType, body);
  };

  const postFile = (content: Uint8Array, fileName = "eye.jpg"): Promise<Answer> =>
    postForm([{ name: "file", fileName, contentType: "image/jpeg", content }]);

  return { post, postForm, postFile };
}

/** @throws Error with the answer when it is none of a prediction */
export function expectPrediction(answer: Answer): Prediction {
  if (answer.status !== 200)
    throw new Error(`Expected a prediction but received ${answer.status} ${answer.body}`);
  return answer.json<Prediction>();
}

export const errorOf = (answer: Answer): { status: number } & ErrorBody => ({
  status: answer.status,
  ...answer.json<ErrorBody>(),
});
