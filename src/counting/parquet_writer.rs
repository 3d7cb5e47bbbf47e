//! Writes columns to a Parquet file, one row group after another.

use std::io::Write;
use std::sync::Arc;

use polars_arrow::array::{Array, MutablePlString, PrimitiveArray, Utf8ViewArray};
use polars_arrow::datatypes::{ArrowDataType, ArrowSchema, Field};
use polars_arrow::record_batch::RecordBatchT;
use polars_parquet::write::{
    CompressionOptions, FileWriter, KeyValue, StatisticsOptions, Version, WriteOptions, get_dtype_encoding, row_group_iter,
    schema_to_metadata_key,
};

/// The values of a column in one row group.
pub enum Column<'a> {
    Text(Vec<Option<String>>),
    /// For each row the number of its word.
    Words(Vec<u32>, &'a [String]),
    Number(Vec<Option<i64>>),
    /// Days since 1970-01-01.
    Date(Vec<Option<i32>>),
}

impl Column<'_> {
    fn dtype(&self) -> ArrowDataType {
        match self {
            Column::Text(_) | Column::Words(..) => ArrowDataType::Utf8View,
            Column::Number(_) => ArrowDataType::Int64,
            Column::Date(_) => ArrowDataType::Date32,
        }
    }

    fn into_array(self) -> Box<dyn Array> {
        match self {
            Column::Text(values) => Utf8ViewArray::from_slice(values).boxed(),
            Column::Words(codes, words) => worded(&codes, words).boxed(),
            Column::Number(values) => PrimitiveArray::<i64>::from(values).boxed(),
            Column::Date(values) => PrimitiveArray::<i32>::from(values).to(ArrowDataType::Date32).boxed(),
        }
    }
}

fn worded(codes: &[u32], words: &[String]) -> Utf8ViewArray {
    let mut array = MutablePlString::with_capacity(codes.len());
    codes.iter().for_each(|code| array.push_value(words[*code as usize].as_str()));
    array.into()
}

/// A Parquet file that is being written.
pub struct ParquetWriter<W: Write> {
    file: FileWriter<W>,
    schema: Arc<ArrowSchema>,
}

const OPTIONS: WriteOptions = WriteOptions {
    statistics: StatisticsOptions {
        min_value: true,
        max_value: true,
        distinct_count: false,
        null_count: true,
        binary_statistics_truncate_length: None,
    },
    version: Version::V1,
    compression: CompressionOptions::Zstd(None),
    data_page_size: None,
};

impl<W: Write> ParquetWriter<W> {
    /// Begins a file with columns such as these.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn new(out: W, columns: &[(&str, Column<'_>)]) -> Result<Self, String> {
        let field = |(name, column): &(&str, Column<'_>)| Field::new((*name).into(), column.dtype(), true);
        let schema: ArrowSchema = columns.iter().map(field).map(|field| (field.name.clone(), field)).collect();
        let file = FileWriter::try_new(out, schema.clone(), OPTIONS).map_err(|error| error.to_string())?;
        Ok(Self { file, schema: Arc::new(schema) })
    }

    /// Writes a row group; all columns have as many rows.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&mut self, columns: Vec<(&str, Column<'_>)>) -> Result<(), String> {
        let arrays: Vec<Box<dyn Array>> = columns.into_iter().map(|(_, column)| column.into_array()).collect();
        let rows = arrays.first().map_or(0, |array| array.len());
        let encodings: Vec<_> = self.schema.iter_values().map(|field| get_dtype_encoding(&field.dtype)).collect();
        let fields = self.file.parquet_schema().fields().to_vec();
        let batch = RecordBatchT::try_new(rows, Arc::clone(&self.schema), arrays).map_err(|error| error.to_string())?;
        self.file.write(rows as u64, row_group_iter(batch, encodings.into(), fields, OPTIONS)).map_err(|error| error.to_string())
    }

    /// Ends the file, with an entry of its own metadata where there is something to tell.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(mut self, entry: Option<&str>) -> Result<W, String> {
        let mut entries = vec![schema_to_metadata_key(&self.schema)];
        entries.extend(entry.map(|key| KeyValue { key: key.to_owned(), value: Some("ja".to_owned()) }));
        self.file.end(Some(entries)).map_err(|error| error.to_string())?;
        Ok(self.file.into_inner())
    }
}
