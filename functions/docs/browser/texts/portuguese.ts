import type { TextKey } from "./english.ts";

export const portuguese: Record<TextKey, string> = {
  serviceName: "Classificador de doenças oculares",
  heading: "O que o modelo vê neste olho?",
  introduction:
    "Envie fotografias do fundo do olho. Para cada uma ele responde com uma probabilidade para cada classe que conhece, " +
    "ou diz por que a fotografia deve ser refeita.",
  choose: "Escolher fotografias",
  orDrop: "ou solte-as aqui",
  noPreview: "Sem visualização neste navegador.",
  limits: "JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, JPEG 2000 ou DICOM, até {limit} cada",
  consent: "Os pacientes concordam que este serviço guarde as suas fotografias",
  noneAtHand: "Não tem nenhuma?",
  trySample: "Experimente um exemplo: um olho esquerdo saudável",
  yourKey: "Sua chave",
  yourToken: "Seu token",
  signedAlone:
    "Este serviço responde a requisições assinadas com credenciais da AWS; uma página não pode assiná-las.",
  answers: "Respostas",
  photograph: "Fotografia",
  right: "Olho direito",
  left: "Olho esquerdo",
  eyes: "Qual olho",
  print: "Imprimir",
  printed: "Impresso sem as fotografias e sem os seus nomes.",
  clear: "Remover todas",
  remove: "Remover",
  copy: "Copiar",
  copied: "Copiado",
  showMap: "O que influenciou a resposta?",
  mapNote:
    "O que influenciou a resposta, não onde está a doença. Quanto mais forte o azul-claro sobre um lugar, mais ele pesou a favor da classe prevista; lugares sem essa cor não pesaram.",
  mapLegend: "A imagem é a parte da fotografia que o modelo examina.",
  waiting: "Aguardando a vez",
  sending: "Enviando a fotografia…",
  examining: "Examinando a fotografia…",
  examiningSeveral: "Examinando as fotografias…",
  confident: "Mais provável",
  confidentOfEach: "O modelo tem certeza",
  noneNamed: "Nenhuma das classes",
  uncertain: "O modelo não tem certeza",
  ungradable: "Esta fotografia não pode ser avaliada",
  not_a_fundus_photograph:
    "Não parece uma fotografia do fundo do olho. Verifique se o arquivo certo foi escolhido e se mostra um só olho.",
  too_dark: "Escura demais. Aumente o flash ou o ganho, ou dilate a pupila, e fotografe de novo.",
  too_bright: "Clara demais. Reduza o flash ou o ganho e fotografe de novo.",
  blurred: "Desfocada. Ajuste o foco, peça ao paciente que fique parado e limpe a lente.",
  disc_cut_off: "Falta a borda da retina. Envie a fotografia como a câmera a fez, não uma parte dela.",
  reflection:
    "Uma parte está estourada por um reflexo. Mude a distância ou o ângulo da câmera e fotografe de novo.",
  low_contrast: "Quase sem contraste. Verifique se há névoa, lente suja ou luz parasita e fotografe de novo.",
  uneven_light: "Um lado está na sombra. Centre a câmera na pupila, ou dilate a pupila, e fotografe de novo.",
  takeAgain: "Antes de fotografar de novo:",
  nevertheless: "O que o modelo diz mesmo assim",
  possible: "Em 9 de cada 10 fotografias a classe certa está entre:",
  allPossible: "O modelo não pode excluir nenhuma das suas classes.",
  caution: "Estimativa feita por uma máquina, que pode estar errada: consulte um oftalmologista.",
  technical: "Detalhes técnicos",
  model: "Modelo",
  version: "versão",
  source: "Origem",
  mlflow_registry: "registro do MLflow",
  local_file: "modelo incluído",
  localFileNote: "O registro não pôde fornecer uma versão; respondeu o modelo incluído.",
  engine: "Motor",
  modelTime: "Tempo no modelo",
  wholeTime: "Requisição completa",
  prediction: "Predição",
  noticeTitle: "Não é um dispositivo médico.",
  notice:
    "A resposta é uma estimativa de uma máquina e pode estar errada. Não a use para diagnosticar nem para decidir um " +
    "tratamento; consulte um oftalmologista.",
  dashboard: "Painel",
  modelCard: "O que o modelo incluído pode e não pode fazer",
  privacyTitle: "O que acontece com uma fotografia",
  privacySent:
    "Ela é enviada a este serviço sem o nome do arquivo e sem a escolha de olho esquerdo ou direito, e é examinada na memória.",
  privacyStored:
    "Acima de {requestLimit}, espera cifrada no armazenamento do serviço até ser respondida, no máximo dois dias.",
  privacyKept:
    "O serviço registra as probabilidades, os avisos, quando e por qual versão foram feitos, e medidas da imagem, como " +
    "o tamanho e o brilho. Não guarda nenhuma fotografia, a menos que quem o opera tenha ativado essa opção e a caixa " +
    "acima diga que os pacientes concordam, e nada que identifique um paciente.",
  privacyHere:
    "Esta página guarda apenas a si mesma, para abrir sem rede, e o idioma. " +
    "O que é copiado ou impresso não contém a fotografia nem o nome do arquivo.",
  docs: "Experimentar a API",
  redoc: "Ler a API",
  health: "Saúde",
  metrics: "Métricas",
  failed: "Sem resposta",
  invalid_image:
    "Este arquivo não é uma fotografia que o serviço consiga ler, ou está danificado. Escolha um JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, JPEG 2000 ou DICOM inteiro.",
  invalid_request: "A fotografia não chegou inteira. Tente novamente.",
  empty_file: "Este arquivo está vazio. Escolha outro.",
  unreadable_file:
    "Este arquivo não pode ser lido. Se for uma pasta, abra-a e escolha as fotografias; se não, escolha o arquivo de novo.",
  invalid_credential:
    "A chave ou o token no alto desta página tem um caractere que nenhuma chave tem, como aspas curvas. Digite de novo.",
  payload_too_large: "Esta fotografia é grande demais. Escolha uma de no máximo {limit}.",
  uploads_unavailable:
    "Este serviço não recebe fotografias acima de {requestLimit}. Escolha uma menor, ou peça a quem o opera um bucket de envios.",
  upload_failed:
    "A fotografia não chegou ao armazenamento do serviço. Verifique a conexão e tente novamente.",
  upload_refused: "O armazenamento do serviço recusou a fotografia. Tente novamente.",
  upload_not_found: "A fotografia se perdeu no caminho. Tente novamente.",
  unsupported_media_type:
    "Este tipo de arquivo não é aceito. Escolha um JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, JPEG 2000 ou DICOM.",
  missing_file: "Nenhuma fotografia chegou. Escolha uma.",
  ungradable_photograph: "Esta fotografia não pode ser avaliada. Fotografe de novo.",
  model_not_loaded:
    "Nenhum modelo está carregado no momento, portanto não há resposta. Tente novamente daqui a pouco.",
  sample_missing: "O exemplo não está disponível no momento. Tente novamente.",
  unreachable: "Não foi possível alcançar o serviço. Verifique a conexão e tente novamente.",
  not_allowed:
    "Este serviço só responde a quem está autorizado: informe sua chave ou seu token no alto desta página.",
  too_many_requests: "Fotografias demais ao mesmo tempo. Tente novamente daqui a pouco.",
  timeout: "O serviço demorou demais. Tente novamente.",
  unknown: "O serviço não conseguiu responder. Tente novamente daqui a pouco.",
};
