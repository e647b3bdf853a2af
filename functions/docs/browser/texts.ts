export type Language = "en" | "pt";

const english = {
  serviceName: "Eye Disease Classifier",
  heading: "What does the model see in this eye?",
  introduction:
    "Give it one photograph of the back of an eye. It answers with a probability for each of the classes it knows.",
  choose: "Choose a photograph",
  orDrop: "or drop it here",
  chooseAnother: "Choose another",
  noPreview: "This browser cannot show this format; the service can read it.",
  limits: "JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, JPEG 2000 or DICOM, up to 50 MB",
  answer: "Answer",
  waiting: "The probabilities will appear here.",
  sending: "Sending the photograph…",
  examining: "Examining the photograph…",
  // How far to rely on an answer.
  confident: "Most likely",
  uncertain: "The model is not sure",
  ungradable: "This photograph cannot be graded",
  not_a_fundus_photograph:
    "It does not look like a photograph of the back of an eye. Check that the right file was chosen.",
  too_dark: "Too dark. Raise the flash or the gain, or dilate the pupil, and take it again.",
  too_bright: "Too bright. Lower the flash or the gain and take it again.",
  blurred: "Blurred. Focus again, ask the patient to keep still, and clean the lens.",
  disc_cut_off:
    "The edge of the retina is missing. Send the photograph as the camera took it, not a part of it.",
  reflection:
    "A part is burnt out by a reflection. Change the distance or the angle of the camera and take it again.",
  low_contrast: "Hardly any contrast. Look for haze, a dirty lens or stray light, and take it again.",
  uneven_light:
    "One side is in shadow. Centre the camera on the pupil, or dilate the pupil, and take it again.",
  nevertheless: "What the model says nevertheless",
  model: "Model",
  version: "version",
  source: "Source",
  mlflow_registry: "MLflow registry",
  local_file: "packaged local model",
  localFileNote: "The registry could not serve a version, so the packaged model answered.",
  engine: "Engine",
  modelTime: "Time in the model",
  wholeTime: "Whole request",
  prediction: "Prediction",
  technical: "Technical details",
  caution: "A machine's estimate that may be wrong: ask an ophthalmologist.",
  failed: "No answer",
  noticeTitle: "Not a medical device.",
  notice:
    "The answer is a machine's estimate and may be wrong. Do not use it to diagnose or to decide about a treatment; " +
    "ask an ophthalmologist. The photograph is examined in memory and not kept; the probabilities and the picture's " +
    "size are recorded.",
  docs: "Try the API",
  redoc: "Read the API",
  health: "Health",
  metrics: "Metrics",
  // Errors, by the name the service gives them.
  invalid_image:
    "This file is no photograph the service can read. Please choose a JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, JPEG 2000 or DICOM.",
  invalid_request: "The photograph did not arrive whole. Please try again.",
  payload_too_large: "This photograph is too large. Please choose one of at most 50 MB.",
  unsupported_media_type:
    "This kind of file is not accepted. Please choose a JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, JPEG 2000 or DICOM.",
  missing_file: "No photograph arrived. Please choose one.",
  ungradable_photograph: "This photograph cannot be graded. Please take it again.",
  model_not_loaded:
    "No model is loaded at the moment, so there is no answer. Please try again in a little while.",
  unreachable: "The service cannot be reached. Please check the connection and try again.",
  timeout: "The service took too long. Please try again.",
  unknown: "The service failed to answer. Please try again in a little while.",
};

export type TextKey = keyof typeof english;

const portuguese: Record<TextKey, string> = {
  serviceName: "Classificador de doenças oculares",
  heading: "O que o modelo vê neste olho?",
  introduction:
    "Envie uma fotografia do fundo de um olho. Ele responde com uma probabilidade para cada uma das classes que conhece.",
  choose: "Escolher uma fotografia",
  orDrop: "ou solte-a aqui",
  chooseAnother: "Escolher outra",
  noPreview: "Este navegador não mostra este formato; o serviço consegue lê-lo.",
  limits: "JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, JPEG 2000 ou DICOM, até 50 MB",
  answer: "Resposta",
  waiting: "As probabilidades aparecerão aqui.",
  sending: "Enviando a fotografia…",
  examining: "Examinando a fotografia…",
  confident: "Mais provável",
  uncertain: "O modelo não tem certeza",
  ungradable: "Esta fotografia não pode ser avaliada",
  not_a_fundus_photograph:
    "Não parece uma fotografia do fundo do olho. Verifique se o arquivo certo foi escolhido.",
  too_dark: "Escura demais. Aumente o flash ou o ganho, ou dilate a pupila, e fotografe de novo.",
  too_bright: "Clara demais. Reduza o flash ou o ganho e fotografe de novo.",
  blurred: "Desfocada. Ajuste o foco, peça ao paciente que fique parado e limpe a lente.",
  disc_cut_off: "Falta a borda da retina. Envie a fotografia como a câmera a fez, não uma parte dela.",
  reflection:
    "Uma parte está estourada por um reflexo. Mude a distância ou o ângulo da câmera e fotografe de novo.",
  low_contrast: "Quase sem contraste. Procure névoa, lente suja ou luz difusa e fotografe de novo.",
  uneven_light: "Um lado está na sombra. Centre a câmera na pupila, ou dilate a pupila, e fotografe de novo.",
  nevertheless: "O que o modelo diz mesmo assim",
  model: "Modelo",
  version: "versão",
  source: "Origem",
  mlflow_registry: "registro do MLflow",
  local_file: "modelo local empacotado",
  localFileNote: "O registro não pôde fornecer uma versão; o modelo empacotado respondeu.",
  engine: "Motor",
  modelTime: "Tempo no modelo",
  wholeTime: "Requisição inteira",
  prediction: "Predição",
  technical: "Detalhes técnicos",
  caution: "Uma estimativa de máquina que pode estar errada: consulte um oftalmologista.",
  failed: "Sem resposta",
  noticeTitle: "Não é um dispositivo médico.",
  notice:
    "A resposta é uma estimativa de uma máquina e pode estar errada. Não a use para diagnosticar nem para decidir um " +
    "tratamento; consulte um oftalmologista. A fotografia é examinada na memória e não é guardada; as probabilidades " +
    "e o tamanho da imagem são registrados.",
  docs: "Experimentar a API",
  redoc: "Ler a API",
  health: "Saúde",
  metrics: "Métricas",
  invalid_image:
    "Este arquivo não é uma fotografia que o serviço consiga ler. Escolha um JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, JPEG 2000 ou DICOM.",
  invalid_request: "A fotografia não chegou inteira. Tente novamente.",
  payload_too_large: "Esta fotografia é grande demais. Escolha uma de no máximo 50 MB.",
  unsupported_media_type:
    "Este tipo de arquivo não é aceito. Escolha um JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, JPEG 2000 ou DICOM.",
  missing_file: "Nenhuma fotografia chegou. Escolha uma.",
  ungradable_photograph: "Esta fotografia não pode ser avaliada. Fotografe de novo.",
  model_not_loaded:
    "Nenhum modelo está carregado no momento, portanto não há resposta. Tente novamente daqui a pouco.",
  unreachable: "Não foi possível alcançar o serviço. Verifique a conexão e tente novamente.",
  timeout: "O serviço demorou demais. Tente novamente.",
  unknown: "O serviço não conseguiu responder. Tente novamente daqui a pouco.",
};

export const texts: Record<Language, Record<TextKey, string>> = { en: english, pt: portuguese };

/** Words for an error the service named; an unknown name gets general ones. */
export function describeRefusal(code: string, language: Language): string {
  const known = texts[language];
  return Object.hasOwn(known, code) ? known[code as TextKey] : known.unknown;
}
