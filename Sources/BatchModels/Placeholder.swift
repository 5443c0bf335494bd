// BatchModels
