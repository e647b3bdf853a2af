# Exemplo de como registrar um modelo
import mlflow.tensorflow

# Durante o treinamento
with mlflow.start_run():
    # ... treinar modelo ...
    
    # Salvar modelo
    mlflow.tensorflow.log_model(
        model=model,
        artifact_path="model",
        registered_model_name="eye-disease-model"
    )
